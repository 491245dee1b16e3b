using System.Text.Json;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Http;

/// <summary>The references in the items of a list that can be expanded, one level deep.</summary>
internal static class Expansions
{
    private static readonly Dictionary<Type, Dictionary<string, Func<JsonElement, RecordName?>>> All = new()
    {
        [typeof(BodyDocument)] = new() { ["forum"] = In("forums", "forum") },
        [typeof(MembershipDocument)] = new() { ["forum"] = In("forums", "forum"), ["member"] = Named("member") },
        [typeof(ChairmanshipDocument)] = new() { ["forum"] = In("forums", "forum"), ["chair"] = Named("chair") },
        [typeof(PostDocument)] = new() { ["of"] = Named("of") },
        [typeof(AppointmentDocument)] = new()
        {
            ["minister"] = In("ministers", "minister"),
            ["post"] = In("posts", "post"),
        },
        [typeof(MeetingDocument)] = new()
        {
            ["forum"] = In("forums", "forum"),
            ["country"] = In("states", "country"),
            ["host"] = In("states", "host"),
            ["onMarginsOf"] = In("meetings", "onMarginsOf"),
        },
        [typeof(OfficialDocument)] = new() { ["forum"] = In("forums", "forum") },
        [typeof(OutcomeDocument)] = new()
        {
            ["meeting"] = In("meetings", "meeting"),
            ["document"] = In("documents", "document"),
        },
        [typeof(ClaimDocument)] = new()
        {
            ["source"] = In("sources", "source"),
            ["subject"] = item =>
                new(item.GetProperty("subject").GetProperty("collection").GetString()!, Text(item, "subject", "id")!),
        },
    };

    /// <summary>The members of a type that can be expanded.</summary>
    public static IReadOnlyCollection<string> Of(Type? item) =>
        item is not null && All.TryGetValue(item, out var members) ? members.Keys : [];

    /// <summary>The records that items refer to in the given members.</summary>
    public static IEnumerable<RecordName> NamesIn(Type item, IReadOnlyList<string> members, IEnumerable<string> items)
    {
        foreach (var text in items)
        {
            using var whole = JsonDocument.Parse(text);
            foreach (var member in members.Where(member => whole.RootElement.TryGetProperty(member, out _)))
            {
                if (All[item][member](whole.RootElement) is { } name)
                {
                    yield return name;
                }
            }
        }
    }

    private static Func<JsonElement, RecordName?> In(string collection, string member) =>
        item => Text(item, member) is { } id ? new RecordName(collection, id) : null;

    /// <summary>Reads a reference whose member kind names the collection.</summary>
    private static Func<JsonElement, RecordName?> Named(string member) =>
        item =>
            Text(item, member, "code") is { } code
                ? Text(item, member, "kind") switch
                {
                    "state" => new RecordName("states", code),
                    "forum" => new RecordName("forums", code),
                    "body" => new RecordName("bodies", code),
                    _ => new RecordName("ministers", code),
                }
                : null;

    private static string? Text(JsonElement item, params string[] path)
    {
        foreach (var step in path)
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(step, out item))
            {
                return null;
            }
        }

        return item.GetString();
    }
}
