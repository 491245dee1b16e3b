using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Meetings;

/// <summary>Reads meetings.</summary>
public sealed class MeetingReads(RegistryDatabase database)
    : RecordReads<MeetingModel>(database, MeetingStore.Kind, MeetingSql.List)
{
    /// <summary>Lists the agenda of a meeting, each item before its nested items.</summary>
    /// <exception cref="NotFoundException">The meeting does not exist.</exception>
    /// <exception cref="GoneException">The meeting was deleted.</exception>
    public async Task<IReadOnlyList<AgendaRow>> AgendaAsync(
        string id,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    )
    {
        var meeting = await DocumentAsync(id, knownAt, cancellationToken);
        return
        [
            .. meeting
                .ToAgenda()
                .Places.Select(
                    (place, position) =>
                        new AgendaRow(
                            position,
                            place.Item.Number!,
                            place.Parent,
                            place.Level,
                            place.Item.Titles.Display,
                            ModelParts.Of(place.Item.Titles)
                        )
                ),
        ];
    }

    /// <summary>The participants on record.</summary>
    /// <exception cref="NotFoundException">The meeting does not exist.</exception>
    /// <exception cref="GoneException">The meeting was deleted.</exception>
    public Task<IReadOnlyList<ResolvedParticipant>> ParticipantsAsync(
        string id,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) => ResolveAsync(id, knownAt, delegations => delegations.ParticipantsAsync(), cancellationToken);

    /// <summary>Lists the delegations of the members of the forum with the standing.</summary>
    /// <exception cref="NotFoundException">The meeting does not exist.</exception>
    /// <exception cref="GoneException">The meeting was deleted.</exception>
    public Task<IReadOnlyList<Delegation>> DelegationsAsync(
        string id,
        StandingKind standing,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) => ResolveAsync(id, knownAt, delegations => delegations.OfMembersAsync(Words.Of(standing)), cancellationToken);

    /// <summary>Gets the chair of a meeting.</summary>
    /// <exception cref="NotFoundException">The meeting does not exist.</exception>
    /// <exception cref="GoneException">The meeting was deleted.</exception>
    public Task<ResolvedChair> ChairAsync(string id, DateTimeOffset? knownAt, CancellationToken cancellationToken) =>
        ResolveAsync(id, knownAt, delegations => delegations.ChairAsync(), cancellationToken);

    private Task<T> ResolveAsync<T>(
        string id,
        DateTimeOffset? knownAt,
        Func<Delegations, Task<T>> question,
        CancellationToken cancellationToken
    ) =>
        Database.InOneStateAsync(
            async () =>
            {
                var meeting = await DocumentAsync(id, knownAt, cancellationToken);
                return await Database.ReadAsync(
                    knownAt,
                    session => question(new Delegations(session, meeting)),
                    cancellationToken
                );
            },
            cancellationToken: cancellationToken
        );

    private async Task<MeetingModel> DocumentAsync(
        string id,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) => References.Read<MeetingModel>(await GetAsync(id, knownAt, cancellationToken));
}

/// <summary>An item of an agenda with its position.</summary>
public sealed record AgendaRow(
    int Position,
    string Number,
    string? Parent,
    int Level,
    string Title,
    IReadOnlyList<TextModel> Titles
);

/// <summary>Reads documents.</summary>
public sealed class DocumentReads(RegistryDatabase database)
    : RecordReads<DocumentModel>(database, DocumentStore.Kind, DocumentSql.List);

/// <summary>Reads outcomes.</summary>
public sealed class OutcomeReads(RegistryDatabase database)
    : RecordReads<OutcomeModel>(database, OutcomeStore.Kind, OutcomeSql.List)
{
    /// <summary>Lists the follow-ups as of a date.</summary>
    public Task<ListPage<ResolvedFollowUp>> FollowUpsAsync(ListRequest request, CancellationToken cancellationToken) =>
        Database.ReadAsync(
            request.KnownAt,
            session => OutcomeSql.FollowUps.ReadAsync<ResolvedFollowUp>(session, request),
            cancellationToken
        );
}

/// <summary>A follow-up as of the requested date.</summary>
public sealed record ResolvedFollowUp : ListRow
{
    public string Record { get; init; } = "";
    public string Status { get; init; } = "";
    public int Certainty { get; init; }

    /// <summary>The record of the outcome.</summary>
    public OutcomeModel ReadOutcome() =>
        System.Text.Json.JsonSerializer.Deserialize<OutcomeModel>(Record, RegistryJson.Options)!;
}
