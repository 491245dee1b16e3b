using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.States;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Records.Writing;

/// <summary>Looks up the records that others refer to, before they are written.</summary>
internal static class References
{
    /// <exception cref="RuleBrokenException">The record does not exist.</exception>
    public static async Task<StoredRecord> RequireAsync(this WriteSession session, RecordKind kind, string id) =>
        await session.FindAsync(kind, id) ?? throw Unknown(kind, id);

    /// <exception cref="RuleBrokenException">The record does not exist.</exception>
    public static Task<StoredRecord> RequireAsync(this WriteSession session, string collection, string id) =>
        session.RequireAsync(RecordKinds.Of(collection), id);

    /// <exception cref="RuleBrokenException">The subject does not exist.</exception>
    public static Task<StoredRecord> RequireAsync(this WriteSession session, Subject subject) =>
        session.RequireAsync(RecordKinds.Of(subject.Kind), subject.Id);

    /// <summary>Looks up each subject once.</summary>
    /// <exception cref="RuleBrokenException">One does not exist.</exception>
    public static async Task RequireAllAsync(this WriteSession session, IEnumerable<Subject> subjects)
    {
        Subject[] wanted = [.. subjects.Distinct()];
        await session.ReadAheadAsync(
            wanted.Select(subject => new ReadAhead(RecordKinds.Of(subject.Kind).Main.Find.Present, new { subject.Id }))
        );
        foreach (var subject in wanted)
        {
            await session.RequireAsync(subject);
        }
    }

    /// <summary>Reads the periods ahead in which the subjects exist.</summary>
    public static Task ReadLivesAheadAsync(this WriteSession session, params IEnumerable<Subject> subjects) =>
        session.ReadPeriodsAheadAsync(subjects.Select(subject => (RecordKinds.Of(subject.Kind), subject.Id)));

    /// <summary>The period in which the subject exists.</summary>
    /// <exception cref="RuleBrokenException">The subject does not exist.</exception>
    public static async Task<Period> LifeAsync(this WriteSession session, Subject subject)
    {
        var kind = RecordKinds.Of(subject.Kind);
        return await session.FindPeriodAsync(kind, subject.Id) ?? throw Unknown(kind, subject.Id);
    }

    public static Subject SubjectOf(this Party party) =>
        new(party.Kind == PartyKind.State ? SubjectKind.State : SubjectKind.Forum, party.Code);

    public static Subject SubjectOf(this StateCode state) => new(SubjectKind.State, state.Value);

    public static Subject SubjectOf(this ForumCode forum) => new(SubjectKind.Forum, forum.Value);

    public static Subject SubjectOf(this BodyId body) => new(SubjectKind.Body, body.ToString());

    private static RuleBrokenException Unknown(RecordKind kind, string id) =>
        new("unknown-reference", $"There is no {kind.Noun} '{id}'.");

    public static T Read<T>(StoredRecord stored) => JsonSerializer.Deserialize<T>(stored.Record, RegistryJson.Options)!;
}
