using System.Globalization;
using System.Text.Json;
using Registry.Api.Http.Problems;
using Registry.Domain;
using Registry.Infrastructure.Search;

namespace Registry.Api.Features.Search;

/// <summary>A parsed query of a batch.</summary>
/// <param name="Key">Its key in the batch.</param>
/// <param name="Question">The query to the index of names.</param>
/// <param name="Error">The reason why it cannot be answered, or null.</param>
/// <param name="Notes">The parts of the query that were not considered, for people to read.</param>
internal sealed record ReconciliationQuery(
    string Key,
    MatchQuestion Question,
    string? Error,
    IReadOnlyList<string> Notes
);

/// <summary>Reads a batch of queries of the Reconciliation Service API 0.2.</summary>
/// <remarks>
/// Only a malformed batch is refused as a whole. An invalid query is an error of that query alone: the queries are cells of one
/// table, and with a 400 the client would lose the results of all of them. A member that is null counts as absent. Unknown
/// members and properties are ignored, because the specification lets services choose what they consider.
/// </remarks>
internal static class ReconciliationQueries
{
    /// <summary>The maximum number of queries in a batch.</summary>
    public const int MaxQueries = 100;

    private const string Field = "queries";
    private const int DefaultLimit = 5;
    private const int MaxCandidates = 20;

    /// <summary>Reads the queries, in order.</summary>
    /// <exception cref="InvalidRequestException">The field is not a batch of queries.</exception>
    public static IReadOnlyList<ReconciliationQuery> Read(string batch)
    {
        using var document = ReconciliationJson.Parse(batch, Field);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw InvalidRequestException.Of(Field, "It is an object with a query under each key.");
        }

        if (document.RootElement.GetPropertyCount() > MaxQueries)
        {
            throw InvalidRequestException.Of(Field, $"It has at most {MaxQueries} queries.");
        }

        return
        [
            .. document
                .RootElement.EnumerateObject()
                .GroupBy(query => query.Name, query => query.Value, StringComparer.Ordinal)
                .Select(query => Read(query.Key, [.. query])),
        ];
    }

    private static ReconciliationQuery Read(string key, IReadOnlyList<JsonElement> given)
    {
        var query = new Reader();
        if (given.Count > 1)
        {
            query.Refuse("The batch has more than one query under this key.");
        }
        else
        {
            query.Read(given[0]);
        }

        return query.As(key);
    }

    /// <summary>Reads one query, and collects its errors and notes.</summary>
    private sealed class Reader
    {
        private readonly List<string> _errors = [];
        private readonly List<string> _notes = [];
        private MatchQuestion _question = new() { Name = "", Limit = DefaultLimit };

        public ReconciliationQuery As(string key) =>
            new(key, _question, _errors.Count == 0 ? null : string.Join(" ", _errors), _notes);

        public void Refuse(string error) => _errors.Add(error);

        public void Read(JsonElement query)
        {
            if (query.ValueKind != JsonValueKind.Object)
            {
                Refuse("A query must be an object.");
                return;
            }

            if (!ReconciliationJson.IsUnicode(query))
            {
                Refuse("It cannot have lone surrogates, which are invalid Unicode.");
                return;
            }

            var asks = false;
            foreach (var (name, value) in ReconciliationJson.MembersOf(query))
            {
                switch (name)
                {
                    case "query":
                        asks = true;
                        ReadName(value);
                        break;
                    case "type":
                        ReadTypes(value);
                        break;
                    case "limit":
                        ReadLimit(value);
                        break;
                    case "properties":
                        asks = true;
                        ReadProperties(value);
                        break;
                }
            }

            if (!asks)
            {
                Refuse("query: It is required when properties is absent.");
            }
        }

        private void ReadName(JsonElement value)
        {
            if (ReconciliationJson.TextOf(value) is { Length: <= DatedName.MaxLength } name)
            {
                _question = _question with { Name = name };
            }
            else
            {
                Refuse($"query: It is a text of at most {DatedName.MaxLength} characters.");
            }
        }

        private void ReadTypes(JsonElement value)
        {
            string?[] types =
                value.ValueKind == JsonValueKind.Array
                    ? [.. value.EnumerateArray().Select(ReconciliationJson.IdOf)]
                    : [ReconciliationJson.IdOf(value)];
            if (types.All(type => type is not null && SearchReads.Collections.Contains(type, StringComparer.Ordinal)))
            {
                _question = _question with
                {
                    Collections = [.. types.OfType<string>().Distinct(StringComparer.Ordinal)],
                };
            }
            else
            {
                Refuse($"type: It is one or more of {string.Join(", ", SearchReads.Collections)}.");
            }
        }

        private void ReadLimit(JsonElement value)
        {
            if (
                value.ValueKind == JsonValueKind.Number
                && value.TryGetDouble(out var limit)
                && limit >= 1
                && double.IsInteger(limit)
            )
            {
                _question = _question with { Limit = (int)Math.Min(limit, MaxCandidates) };
            }
            else
            {
                Refuse("limit: It is a whole number of at least 1.");
            }
        }

        private void ReadProperties(JsonElement properties)
        {
            if (properties.ValueKind != JsonValueKind.Array)
            {
                Refuse("properties: It is a list.");
                return;
            }

            foreach (var property in properties.EnumerateArray())
            {
                if (
                    property.ValueKind == JsonValueKind.Object
                    && property.TryGetProperty("pid", out var pid)
                    && ReconciliationJson.TextOf(pid) is { } name
                    && property.TryGetProperty("v", out var value)
                )
                {
                    TakeIntoAccount(name, ReconciliationJson.ValueOf(value));
                }
                else
                {
                    Refuse("properties: Each item is an object with pid and v.");
                    return;
                }
            }
        }

        private void TakeIntoAccount(string property, string? value)
        {
            switch (property)
            {
                case "country" or "kind" or "on" when string.IsNullOrWhiteSpace(value):
                    break;
                case "country" or "kind" when value.Length > DatedName.MaxLength:
                    Refuse(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{property}: It is a text of at most {DatedName.MaxLength} characters."
                        )
                    );
                    break;
                case "country":
                    _question = _question with { Country = value.Split('/')[^1] };
                    break;
                case "kind":
                    _question = _question with { Kind = value };
                    break;
                case "on" when PartialDate.TryParse(value, out var date):
                    _question = _question with { On = date };
                    break;
                case "on":
                    _notes.Add("on left out of account: no date");
                    break;
                default:
                    var shown = property.Length > 40 ? property[..40] : property;
                    _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{shown} left out of account"));
                    break;
            }
        }
    }
}
