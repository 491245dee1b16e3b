using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Records.Writing;

/// <summary>Takes part in every write of a record, within its transaction.</summary>
/// <remarks>
/// Observers maintain whatever is derived from records, such as the index of names, so that records do not depend on
/// it.
/// </remarks>
internal abstract class RecordObserver
{
    /// <summary>Completes a record before it is written.</summary>
    /// <returns>The record to write.</returns>
    public virtual Task<string> CompleteAsync(WriteSession session, string record) => Task.FromResult(record);

    /// <summary>Called after a version is archived, before the next one is written or the record is deleted.</summary>
    public virtual Task ArchivedAsync(WriteSession session, RecordKind kind, string id) => Task.CompletedTask;

    /// <summary>Called after a version is written.</summary>
    public virtual Task WrittenAsync(WriteSession session, RecordKind kind, string id, RecordRow main) =>
        Task.CompletedTask;

    /// <summary>Called after a version that replaced another one is in the change log.</summary>
    public virtual Task ReplacedAsync(WriteSession session, RecordKind kind, string id, string record) =>
        Task.CompletedTask;

    /// <summary>Called after a deletion.</summary>
    public virtual Task DeletedAsync(WriteSession session, RecordKind kind, string id) => Task.CompletedTask;

    /// <summary>Explains why a record cannot be written: it refers to a record that does not exist.</summary>
    /// <exception cref="Domain.RuleBrokenException">The broken reference is one of the observer.</exception>
    public virtual Task ExplainAsync(WriteSession session, string record) => Task.CompletedTask;

    /// <summary>The queries that the observer makes when the record is written.</summary>
    public virtual IEnumerable<ReadAhead> ReadsOf(RecordKind kind, string id) => [];

    /// <summary>
    /// The query for the records of the observer that refer to a record, such as <c>claims/gdp-of-kaz</c>; null when none can.
    /// </summary>
    public virtual ReadAhead? UsersOf(RecordKind kind, string id) => null;
}
