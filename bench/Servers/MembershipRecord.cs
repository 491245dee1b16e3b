using System.Text.Json;
using System.Text.Json.Serialization;

namespace Registry.Bench.Servers;

/// <summary>A membership with the members that the product gives it.</summary>
internal sealed record MembershipRecord
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The code of the forum.</summary>
    public required string Forum { get; init; }

    /// <summary>Who stands in it.</summary>
    public required PartyRecord Member { get; init; }

    /// <summary>The timeline.</summary>
    public required List<StandingRecord> Standings { get; init; }

    /// <summary>The version.</summary>
    public required int Version { get; init; }

    /// <summary>When it was recorded.</summary>
    public required string RecordedAt { get; init; }
}

/// <summary>A state or a forum.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Code">Its code.</param>
internal sealed record PartyRecord(string Kind, string Code);

/// <summary>A standing.</summary>
/// <param name="Standing">As what.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Ended">True where it ended.</param>
internal sealed record StandingRecord(string Standing, string From, string? Until, bool? Ended);

/// <summary>A page of memberships.</summary>
/// <param name="Items">The memberships.</param>
/// <param name="Next">Where the next page begins.</param>
internal sealed record MembershipPage(List<MembershipRecord> Items, string? Next);

/// <summary>How the records are written, known when the program is compiled.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Default
)]
[JsonSerializable(typeof(MembershipRecord))]
[JsonSerializable(typeof(MembershipPage))]
internal sealed partial class RecordJson : JsonSerializerContext;
