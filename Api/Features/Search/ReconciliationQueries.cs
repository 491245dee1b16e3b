using System.Globalization;
using System.Text.Json;
using Registry.Api.Pipeline;
using Registry.Domain;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>Reads a batch of queries of the Reconciliation Service API 0.2 and names whatever cannot be meant in it.</summary>
internal static class ReconciliationQueries
{
    /// <summary>The most queries of a batch.</summary>
    public const int Most = 100;

    private const string Field = "queries";
    private const int DefaultLimit = 5;
    private const int MostCandidates = 20;

    private static readonly string[] Members = ["query", "type", "type_strict", "limit", "properties"];
    private static readonly string[] Strictness = ["any", "should", "all"];

    /// <summary>The questions by their keys, in order.</summary>
    /// <exception cref="InvalidRequestException">Something in the batch cannot be understood.</exception>
    public static IReadOnlyList<(string Key, MatchQuestion Question)> Read(string batch)
    {
        var errors = new FieldErrors();
        var read = new List<(string Key, MatchQuestion Question)>();
        try
        {
            using var document = JsonDocument.Parse(batch, new JsonDocumentOptions { MaxDepth = 16 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                errors.Add(Field, "It is an object with a query under each key.");
            }
            else if (document.RootElement.GetPropertyCount() > Most)
            {
                errors.Add(Field, $"It has at most {Most} queries.");
            }
            else
            {
                foreach (var query in document.RootElement.EnumerateObject())
                {
                    if (read.Exists(other => other.Key == query.Name))
                    {
                        errors.Add($"{Field}.{query.Name}", "It is given more than once.");
                    }

                    read.Add((query.Name, ReadQuery(query.Value, $"{Field}.{query.Name}", errors)));
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            errors.Add(Field, "It is no JSON.");
        }

        errors.ThrowIfAny();
        return read;
    }

    private static MatchQuestion ReadQuery(JsonElement query, string path, FieldErrors errors)
    {
        var question = new MatchQuestion { Name = "", Limit = DefaultLimit };
        if (query.ValueKind != JsonValueKind.Object)
        {
            errors.Add(path, "It is an object.");
            return question;
        }

        foreach (var member in query.EnumerateObject())
        {
            var place = $"{path}.{member.Name}";
            question = member.Name switch
            {
                "query" => question with { Name = ReadName(member.Value, place, errors) },
                "type" => question with { Collections = ReadTypes(member.Value, place, errors) },
                "limit" => question with { Limit = ReadLimit(member.Value, place, errors) },
                "properties" => ReadProperties(question, member.Value, place, errors),
                _ => question,
            };
            if (!Members.Contains(member.Name, StringComparer.Ordinal))
            {
                errors.Add(place, "There is no such member.");
            }
            else if (member.Name == "type_strict" && !Strictness.Contains(TextOf(member.Value), StringComparer.Ordinal))
            {
                errors.Add(place, $"It is one of {string.Join(", ", Strictness)}.");
            }
        }

        if (!query.TryGetProperty("query", out _) && !query.TryGetProperty("properties", out _))
        {
            errors.Add($"{path}.query", "It is required.");
        }

        return question;
    }

    private static string ReadName(JsonElement value, string place, FieldErrors errors)
    {
        if (TextOf(value) is { Length: <= DatedName.MaxLength } name)
        {
            return name;
        }

        errors.Add(place, $"It is a text of at most {DatedName.MaxLength} characters.");
        return "";
    }

    private static IReadOnlyList<string> ReadTypes(JsonElement value, string place, FieldErrors errors)
    {
        string?[] types =
            value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(TextOf)] : [TextOf(value)];
        if (types.All(type => type is not null && SearchReads.Collections.Contains(type, StringComparer.Ordinal)))
        {
            return [.. types.OfType<string>().Distinct(StringComparer.Ordinal)];
        }

        errors.Add(place, $"It is one or more of {string.Join(", ", SearchReads.Collections)}.");
        return [];
    }

    private static int ReadLimit(JsonElement value, string place, FieldErrors errors)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var limit) && limit > 0)
        {
            return Math.Min(limit, MostCandidates);
        }

        errors.Add(place, "It is a whole number from 1 on.");
        return DefaultLimit;
    }

    private static MatchQuestion ReadProperties(
        MatchQuestion question,
        JsonElement properties,
        string path,
        FieldErrors errors
    )
    {
        if (properties.ValueKind != JsonValueKind.Array)
        {
            errors.Add(path, "It is a list.");
            return question;
        }

        var index = 0;
        foreach (var property in properties.EnumerateArray())
        {
            var place = $"{path}[{index++}]";
            if (
                property.ValueKind != JsonValueKind.Object
                || !property.TryGetProperty("pid", out var pid)
                || !property.TryGetProperty("v", out var value)
            )
            {
                errors.Add(place, "It is an object with pid and v.");
            }
            else if (ValueOf(value) is not { } text)
            {
                errors.Add($"{place}.v", "It is a text, a number, or a record by its id; of a list, the first counts.");
            }
            else
            {
                question = WithProperty(question, TextOf(pid), text, place, errors);
            }
        }

        return question;
    }

    private static MatchQuestion WithProperty(
        MatchQuestion question,
        string? property,
        string value,
        string place,
        FieldErrors errors
    )
    {
        switch (property)
        {
            case "country":
                return question with { Country = value.Split('/')[^1] };
            case "kind":
                return question with { Kind = value };
            case "on" when PartialDate.TryParse(value, out var date):
                return question with { On = date };
            case "on":
                errors.Add($"{place}.v", "It is a date that exists: YYYY, YYYY-MM or YYYY-MM-DD.");
                return question;
            default:
                errors.Add($"{place}.pid", "It is one of country, kind, on.");
                return question;
        }
    }

    private static string? ValueOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number when value.TryGetInt32(out var number) => number.ToString(
                CultureInfo.InvariantCulture
            ),
            JsonValueKind.Object when value.TryGetProperty("id", out var id) => TextOf(id),
            JsonValueKind.Array when value.GetArrayLength() > 0 => ValueOf(value[0]),
            _ => null,
        };

    private static string? TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
