using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Search;
using Registry.Infrastructure.States;

namespace Registry.Infrastructure.Records;

/// <summary>Every kind of record there is, those first that others refer to.</summary>
internal static class RecordKinds
{
    public static readonly IReadOnlyList<RecordKind> All =
    [
        SourceStore.Kind,
        StateStore.Kind,
        ForumStore.Kind,
        BodyStore.Kind,
        MembershipStore.Kind,
        MinisterStore.Kind,
        PostStore.Kind,
        AppointmentStore.Kind,
        MeetingStore.Kind,
        DocumentStore.Kind,
        OutcomeStore.Kind,
        ChairmanshipStore.Kind,
        ClaimStore.Kind,
    ];

    /// <summary>Every table with a history beside it.</summary>
    public static readonly IReadOnlyDictionary<string, RecordTable> TablesByName = All.SelectMany(kind =>
            kind.Parts.Prepend(kind.Main)
        )
        .Append(SourceSql.Citations)
        .Append(SearchSql.Names)
        .Append(SearchSql.Tokens)
        .ToDictionary(table => table.Name, StringComparer.Ordinal);

    /// <summary>Whose records the rows of each of these tables are, or are parts of.</summary>
    public static readonly IReadOnlyDictionary<string, RecordKind> KindsByTable = All.SelectMany(
            kind => kind.Parts.Prepend(kind.Main),
            (kind, table) => (kind, table.Name)
        )
        .ToDictionary(entry => entry.Name, entry => entry.kind, StringComparer.Ordinal);
}
