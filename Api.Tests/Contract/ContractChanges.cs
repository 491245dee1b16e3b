using System.Globalization;
using System.Text.Json.Nodes;

namespace Registry.Api.Tests.Contract;

/// <summary>
/// What a new contract breaks for those who hold to an old one (docs/stability.md). What is sent may only be asked for more
/// loosely, and what is answered may only be told more closely; whatever is called by a name keeps it.
/// </summary>
internal sealed class ContractChanges
{
    private readonly JsonNode _old;
    private readonly JsonNode _new;
    private readonly List<string> _found = [];
    private readonly HashSet<(string, string, bool)> _compared = [];

    private ContractChanges(JsonNode before, JsonNode after) => (_old, _new) = (before, after);

    /// <summary>Everything that breaks, with its place; empty where nothing does.</summary>
    public static IReadOnlyList<string> Breaking(JsonNode before, JsonNode after)
    {
        var changes = new ContractChanges(before, after);
        changes.CompareOperations();
        changes.CompareNames();
        return changes._found;
    }

    private void CompareOperations()
    {
        foreach (var (path, item) in Members(_old["paths"]))
        {
            foreach (var (method, operation) in Members(item))
            {
                var place = $"{method.ToUpperInvariant()} {path}";
                if (_new["paths"]![path]?[method] is { } now)
                {
                    CompareOperation(operation!, now, place);
                }
                else
                {
                    Break(place, "is gone");
                }
            }
        }
    }

    /// <summary>The types of a generated client are called as the schemas are.</summary>
    private void CompareNames()
    {
        foreach (var (name, _) in Members(_old["components"]!["schemas"]))
        {
            if (_new["components"]!["schemas"]![name] is null)
            {
                Break($"schema {name}", "is gone");
            }
        }
    }

    private void CompareOperation(JsonNode before, JsonNode after, string place)
    {
        if ((string?)before["operationId"] != (string?)after["operationId"])
        {
            Break(place, $"is called {after["operationId"]} and no longer {before["operationId"]}");
        }

        if (!IsLocked(before) && IsLocked(after))
        {
            Break(place, "needs a key");
        }

        CompareParameters(before, after, place);
        CompareBodies(before["requestBody"], after["requestBody"], $"{place}, body");
        CompareAnswers(before["responses"]!, after["responses"]!, place);
    }

    private void CompareParameters(JsonNode before, JsonNode after, string place)
    {
        var (old, now) = (ParametersOf(before), ParametersOf(after));
        foreach (var (name, parameter) in old)
        {
            if (!now.TryGetValue(name, out var present))
            {
                Break($"{place}, {name}", "is gone");
                continue;
            }

            if (IsRequired(present) && !IsRequired(parameter))
            {
                Break($"{place}, {name}", "is required");
            }

            if (IsExploded(parameter) != IsExploded(present) && present["schema"]!["type"]?.ToString() == "array")
            {
                Break($"{place}, {name}", "is written otherwise");
            }

            Compare(parameter["schema"]!, present["schema"]!, isSent: true, $"{place}, {name}");
        }

        foreach (var (name, parameter) in now.Where(one => !old.ContainsKey(one.Key) && IsRequired(one.Value)))
        {
            Break($"{place}, {name}", "is new and required");
        }
    }

    private void CompareBodies(JsonNode? before, JsonNode? after, string place)
    {
        if (IsRequired(after) && !IsRequired(before))
        {
            Break(place, "is required");
        }

        CompareContents(before?["content"], after?["content"], isSent: true, place);
    }

    private void CompareAnswers(JsonNode before, JsonNode after, string place)
    {
        foreach (var (status, answer) in Members(before).Where(answer => IsDone(answer.Key)))
        {
            var (old, now) = (answer!, after[status]);
            if (now is null)
            {
                Break($"{place}, {status}", "is gone");
                continue;
            }

            foreach (var (header, _) in Members(old["headers"]))
            {
                if (now["headers"]?[header] is null)
                {
                    Break($"{place}, {status}, {header}", "is gone");
                }
            }

            CompareContents(old["content"], now["content"], isSent: false, $"{place}, {status}");
        }

        foreach (var (status, _) in Members(after).Where(answer => IsDone(answer.Key) && before[answer.Key] is null))
        {
            Break($"{place}, {status}", "is new, and nobody expects it");
        }

        foreach (var (status, answer) in Members(before).Where(answer => !IsDone(answer.Key)))
        {
            if (after[status] is { } now && Resolved(_new, now)["content"] is { } content)
            {
                CompareContents(Resolved(_old, answer!)["content"], content, isSent: false, $"{place}, {status}");
            }
        }
    }

    private void CompareContents(JsonNode? before, JsonNode? after, bool isSent, string place)
    {
        foreach (var (mediaType, content) in Members(before))
        {
            if (after?[mediaType] is { } now)
            {
                Compare(content!["schema"]!, now["schema"]!, isSent, place);
            }
            else
            {
                Break($"{place}, {mediaType}", "is gone");
            }
        }

        // Many generated clients take the first.
        var (first, present) = (Members(before).FirstOrDefault().Key, Members(after).FirstOrDefault().Key);
        if (first is not null && present is not null && first != present && after?[first] is not null)
        {
            Break($"{place}, {first}", "is no longer the first");
        }
    }

    private void Compare(JsonNode before, JsonNode after, bool isSent, string place)
    {
        var (oldName, newName) = (NameOf(before), NameOf(after));
        if (oldName is not null && newName is not null && !_compared.Add((oldName, newName, isSent)))
        {
            return;
        }

        if (oldName is not null && newName is not null && oldName != newName)
        {
            Break(place, $"is a {newName} and no longer a {oldName}");
        }

        var inside = newName ?? place;
        CompareShapes(Resolved(_old, before), Resolved(_new, after), isSent, inside);
    }

    private void CompareShapes(JsonNode before, JsonNode after, bool isSent, string place)
    {
        if (before["oneOf"] is JsonArray old && after["oneOf"] is JsonArray now && old.Count == now.Count)
        {
            for (var choice = 0; choice < old.Count; choice++)
            {
                Compare(old[choice]!, now[choice]!, isSent, place);
            }
        }
        else if (before["oneOf"] is not null || after["oneOf"] is not null)
        {
            Break(place, "has other alternatives");
        }

        CompareTypes(before, after, isSent, place);
        CompareWords(before, after, isSent, place);
        if ((string?)before["format"] != (string?)after["format"])
        {
            Break(place, $"has the format {after["format"]} and no longer {before["format"]}");
        }

        if (isSent)
        {
            CompareBounds(before, after, place);
        }

        CompareMembers(before, after, isSent, place);
        if (before["items"] is { } items && after["items"] is { } present)
        {
            Compare(items, present, isSent, $"{place}[]");
        }

        if (before["additionalProperties"] is JsonObject any && after["additionalProperties"] is JsonObject all)
        {
            Compare(any, all, isSent, $"{place}.*");
        }
    }

    private void CompareTypes(JsonNode before, JsonNode after, bool isSent, string place)
    {
        var (old, now) = (TypesOf(before), TypesOf(after));
        var fits = isSent ? Covers(now, old) : Covers(old, now);
        if (!fits)
        {
            Break(
                place,
                $"is {string.Join(" or ", now.DefaultIfEmpty("anything"))} and was {string.Join(" or ", old.DefaultIfEmpty("anything"))}"
            );
        }
    }

    /// <summary>A word that is taken away can be sent no more; one that is added has to be expected (docs/stability.md).</summary>
    private void CompareWords(JsonNode before, JsonNode after, bool isSent, string place)
    {
        var (old, now) = (WordsOf(before), WordsOf(after));
        if (isSent && now is not null)
        {
            foreach (var word in (old ?? ["any text"]).Where(word => !now.Contains(word)))
            {
                Break(place, $"is no longer {word}");
            }
        }
        else if (!isSent && old is not null && now is null)
        {
            Break(place, "is no longer one of a list of words");
        }
    }

    private void CompareBounds(JsonNode before, JsonNode after, string place)
    {
        foreach (var bound in new[] { "minimum", "minLength", "minItems" })
        {
            if (NumberOf(after[bound]) is { } now && (NumberOf(before[bound]) is not { } old || now > old))
            {
                Break(place, $"has {bound} {now}");
            }
        }

        foreach (var bound in new[] { "maximum", "maxLength", "maxItems" })
        {
            if (NumberOf(after[bound]) is { } now && (NumberOf(before[bound]) is not { } old || now < old))
            {
                Break(place, $"has {bound} {now}");
            }
        }

        // Whether the one takes all that the other took, nobody can tell from outside.
        if (after["pattern"] is { } pattern && (string?)before["pattern"] != (string?)pattern)
        {
            Break(place, $"has the pattern {pattern}");
        }

        if (IsClosed(after) && !IsClosed(before))
        {
            Break(place, "takes no other members");
        }
    }

    private void CompareMembers(JsonNode before, JsonNode after, bool isSent, string place)
    {
        var (old, now) = (RequiredOf(before), RequiredOf(after));
        foreach (var name in isSent ? now.Except(old) : old.Except(now))
        {
            Break($"{place}.{name}", isSent ? "is required" : "may be absent");
        }

        foreach (var (name, member) in Members(before["properties"]))
        {
            if (after["properties"]?[name] is { } present)
            {
                Compare(member!, present, isSent, $"{place}.{name}");
            }
            else
            {
                Break($"{place}.{name}", "is gone");
            }
        }
    }

    private void Break(string place, string how) => _found.Add($"{place} {how}");

    private static bool IsDone(string status) => status[0] is '2' or '3';

    private static bool IsLocked(JsonNode operation) =>
        operation["security"]?.AsArray() is { Count: > 0 } schemes
        && schemes.All(scheme => scheme!.AsObject().Count > 0);

    private static bool IsRequired(JsonNode? node) => (bool?)node?["required"] ?? false;

    private static bool IsExploded(JsonNode parameter) => (bool?)parameter["explode"] ?? true;

    private static bool IsClosed(JsonNode schema) =>
        schema["additionalProperties"] is JsonValue value && value.TryGetValue<bool>(out var open) && !open;

    private static JsonObject Members(JsonNode? node) => node?.AsObject() ?? [];

    private static Dictionary<string, JsonNode> ParametersOf(JsonNode operation) =>
        (operation["parameters"]?.AsArray() ?? []).ToDictionary(
            parameter => $"{parameter!["in"]} {parameter["name"]}",
            parameter => parameter!
        );

    private static HashSet<string> RequiredOf(JsonNode schema) =>
        [.. (schema["required"] as JsonArray ?? []).Select(name => (string)name!)];

    private static HashSet<string>? WordsOf(JsonNode schema) =>
        schema["enum"] is JsonArray words ? [.. words.Select(word => (string)word!)] : null;

    private static HashSet<string> TypesOf(JsonNode schema) =>
        schema["type"] switch
        {
            null => [],
            JsonArray types => [.. types.Select(type => (string)type!)],
            var type => [(string)type!],
        };

    /// <summary>True when all that the narrow one is, the wide one is too; no type is any.</summary>
    private static bool Covers(HashSet<string> wide, HashSet<string> narrow) =>
        wide.Count == 0
        || (
            narrow.Count > 0
            && narrow.All(type => wide.Contains(type) || (type == "integer" && wide.Contains("number")))
        );

    private static decimal? NumberOf(JsonNode? bound) =>
        bound is null
            ? null
            : decimal.Parse(bound.ToJsonString().Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string? NameOf(JsonNode schema) => ((string?)schema["$ref"])?.Split('/')[^1];

    private static JsonNode Resolved(JsonNode contract, JsonNode node) =>
        (string?)node["$ref"] is { } reference
            ? reference.Split('/').Skip(1).Aggregate(contract, (found, segment) => found[segment]!)
            : node;
}
