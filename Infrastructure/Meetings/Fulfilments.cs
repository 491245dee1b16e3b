using Registry.Domain;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Meetings;

/// <summary>The fulfilments of outcomes.</summary>
/// <remarks>
/// Later outcomes and steps of documents name the outcomes that they fulfil. The registry writes the fulfilments into
/// those, in the same transaction.
/// </remarks>
internal static class Fulfilments
{
    /// <summary>Lists what fulfils an outcome: outcomes first, in the order of their ids.</summary>
    public static async Task<IReadOnlyList<Fulfilment>> OfAsync(WriteSession session, string outcome)
    {
        var rows = await session.QueryAsync<FulfilmentRow>(OutcomeSql.FulfilledBy, new { Id = outcome });
        return
        [
            .. rows.Select(row => new Fulfilment(
                    row.Kind == Words.Of(FulfilmentKind.Outcome) ? FulfilmentKind.Outcome : FulfilmentKind.Document,
                    row.Id
                ))
                .OrderBy(fulfilment => fulfilment.Kind)
                .ThenBy(fulfilment => fulfilment.Id, StringComparer.Ordinal),
        ];
    }

    /// <exception cref="RuleBrokenException">
    /// An outcome does not exist, or its meeting was certainly held later.
    /// </exception>
    public static async Task RefuseBeforeAsync(WriteSession session, IEnumerable<Slug> outcomes, DateOnly lastDay)
    {
        foreach (var outcome in outcomes)
        {
            var fulfilled = References.Read<OutcomeModel>(await session.RequireAsync(OutcomeStore.Kind, outcome.Value));
            var meeting = References.Read<MeetingModel>(
                await session.RequireAsync(MeetingStore.Kind, fulfilled.Meeting!)
            );
            Outcome.RefuseBefore(outcome.Value, meeting.Held, lastDay);
        }
    }

    /// <exception cref="RuleBrokenException">
    /// A fulfilment of the outcome on record certainly preceded the meeting.
    /// </exception>
    public static async Task RefuseBeforeAsync(WriteSession session, Outcome outcome, Period meeting)
    {
        foreach (var fulfilment in outcome.FulfilledBy)
        {
            if (fulfilment.Kind == FulfilmentKind.Outcome)
            {
                var later = References.Read<OutcomeModel>(await session.RequireAsync(OutcomeStore.Kind, fulfilment.Id));
                var stored = await session.RequireAsync(MeetingStore.Kind, later.Meeting!);
                Outcome.RefuseBefore(outcome.Id.Value, meeting, References.Read<MeetingModel>(stored).Held.LatestEnd);
            }
            else
            {
                var stored = await session.RequireAsync(DocumentStore.Kind, fulfilment.Id);
                var steps = References.Read<DocumentModel>(stored).Steps!;
                foreach (var step in steps.Where(step => step.Fulfils?.Contains(outcome.Id.Value) == true))
                {
                    Outcome.RefuseBefore(outcome.Id.Value, meeting, step.On!.LastDay);
                }
            }
        }
    }

    /// <summary>Updates the outcomes that were added or removed.</summary>
    public static async Task NoteAsync(
        WriteSession session,
        IReadOnlyCollection<string> before,
        IReadOnlyCollection<string> now
    )
    {
        foreach (var id in LineageTable.Changed(before, now).Distinct())
        {
            var stored = await session.GetAsync(OutcomeStore.Kind, id);
            var outcome = References.Read<OutcomeModel>(stored).ToOutcome();
            outcome.FulfilledNowBy(await OfAsync(session, id));
            await session.ReplaceAsync(
                OutcomeStore.Kind,
                id,
                stored.Version,
                (version, at) => OutcomeStore.RowsOf(outcome, version, at)
            );
        }
    }

    private sealed record FulfilmentRow
    {
        public string Kind { get; init; } = "";
        public string Id { get; init; } = "";
    }
}
