using System.Globalization;
using System.Text.Json;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Forums;

/// <summary>Reads forums.</summary>
public sealed class ForumReads(RegistryDatabase database)
    : RecordReads<ForumModel>(database, ForumStore.Kind, ForumSql.List)
{
    /// <summary>
    /// Lists the timeline of a forum: its stages, summits, admissions, chairmanships and adopted documents.
    /// </summary>
    /// <param name="forum">The current forum.</param>
    /// <param name="request">The page.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<ListPage<TimelineEvent>> TimelineAsync(
        StoredRecord forum,
        ListRequest request,
        CancellationToken cancellationToken
    )
    {
        var page = await Database.ReadAsync(
            request.KnownAt,
            session => ForumSql.Timeline.ReadAsync<TimelineEvent>(session, request),
            cancellationToken
        );
        TimelineEvent[] stages =
        [
            .. StagesOf(forum)
                .Where(stage =>
                    request.Filters is not TimelineFilters { Within: { } days }
                    || (stage.FromLatest >= days.First && stage.FromEarliest <= days.Last)
                ),
        ];
        return ListPage.Merge(page, stages, request);
    }

    private static IEnumerable<TimelineEvent> StagesOf(StoredRecord forum) =>
        (JsonSerializer.Deserialize<ForumModel>(forum.Record, RegistryJson.Options)!.Stages ?? []).Select(
            (stage, position) =>
            {
                var held = stage.ToStage().Held;
                return new TimelineEvent
                {
                    Kind = Words.Of(TimelineKind.Stage),
                    Title = stage.Instrument is { } instrument
                        ? $"{Words.Of(stage.Nature!.Value)}: {instrument}"
                        : Words.Of(stage.Nature!.Value),
                    Record = $"forums/{forum.Id}",
                    FromText = stage.From?.ToString(),
                    FromEarliest = held.EarliestStart,
                    FromLatest = held.LatestStart,
                    SortId = $"stage/{position:000}",
                    SortKey = held.EarliestStart.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                };
            }
        );
}

/// <summary>Reads bodies.</summary>
public sealed class BodyReads(RegistryDatabase database)
    : RecordReads<BodyModel>(database, BodyStore.Kind, ForumSql.BodyList);
