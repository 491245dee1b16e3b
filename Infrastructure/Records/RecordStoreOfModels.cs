using Registry.Domain;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Records;

/// <summary>A store of the records of one collection, by the type in which clients write them.</summary>
/// <typeparam name="TModel">The type of the record in the contract.</typeparam>
public abstract class RecordStore<TModel> : RecordStore
    where TModel : RecordModel
{
    private protected RecordStore(RecordKind kind)
        : base(kind) { }

    /// <summary>Creates a record under the id in its document, or under one that is made from its names.</summary>
    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    /// <exception cref="RuleBrokenException">The id is in use or redirects to another record, or a rule is broken.</exception>
    /// <exception cref="NotSupportedException">Records of the kind are created under another one.</exception>
    public abstract Task<StoredRecord> CreateAsync(WriteSession session, TModel model);

    /// <summary>Creates a record under an id, or replaces the record that has it; a deleted record is created again.</summary>
    /// <exception cref="VersionUnsaidException">The record exists, and the caller names no version.</exception>
    /// <exception cref="StaleVersionException">The record is not what the caller expects.</exception>
    /// <exception cref="GoneException">The record was merged into another one, to which its id redirects.</exception>
    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    /// <exception cref="RuleBrokenException">A rule is broken.</exception>
    public abstract Task<Written> ReplaceAsync(WriteSession session, string id, ExpectedVersion expected, TModel model);

    /// <summary>Writes the record as the correction makes it from the current one.</summary>
    /// <exception cref="NotFoundException">The id was never used.</exception>
    /// <exception cref="GoneException">The record was deleted.</exception>
    /// <exception cref="VersionUnsaidException">The caller names no version.</exception>
    /// <exception cref="StaleVersionException">The caller names another version.</exception>
    /// <exception cref="IllegalValueException">A value is out of bounds.</exception>
    /// <exception cref="RuleBrokenException">A rule is broken.</exception>
    public abstract Task<StoredRecord> CorrectAsync(
        WriteSession session,
        string id,
        ExpectedVersion expected,
        Func<string, TModel> correction
    );

    /// <inheritdoc/>
    public sealed override Task<StoredRecord> CorrectAsync(
        WriteSession session,
        string id,
        ExpectedVersion expected,
        Func<string, RecordModel> correction
    ) => CorrectAsync(session, id, expected, (string record) => (TModel)correction(record));

    /// <summary>Deletes a record: its versions stay in the history, and it can be restored.</summary>
    /// <exception cref="NotFoundException">The id was never used.</exception>
    /// <exception cref="GoneException">The record was deleted.</exception>
    /// <exception cref="VersionUnsaidException">The caller names no version.</exception>
    /// <exception cref="StaleVersionException">The caller names another version.</exception>
    /// <exception cref="RuleBrokenException">Other records refer to it.</exception>
    public abstract Task DeleteAsync(WriteSession session, string id, ExpectedVersion expected);

    /// <summary>Restores a deleted record as its next version, with its content before the deletion.</summary>
    /// <exception cref="NotFoundException">The id was never used.</exception>
    /// <exception cref="RuleBrokenException">
    /// The record is not deleted, was merged into another one, refers to a record that is gone, or breaks another rule by now.
    /// </exception>
    public abstract Task<StoredRecord> RestoreAsync(WriteSession session, string id);
}
