using System.Text.Json.Nodes;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing;

/// <summary>
/// Merges a row of a table into the current record: a member without a column stays unchanged, and an empty cell
/// removes its member.
/// </summary>
internal static class RowMerge
{
    private const string Standing = "standing";
    private const string From = "from";

    /// <summary>Gets the whole record.</summary>
    /// <param name="held">The current record, or null when it is new.</param>
    /// <param name="row">The values of the row, which become part of the record.</param>
    /// <param name="shape">The columns of the table.</param>
    /// <exception cref="RefusedRowException">The rows of a record are ambiguous.</exception>
    public static JsonObject Over(string? held, JsonObject row, CsvShape shape)
    {
        var whole = held is null ? [] : JsonNode.Parse(held)!.AsObject();
        Merge(whole, row, "", shape);
        return whole;
    }

    private static void Merge(JsonObject whole, JsonObject said, string place, CsvShape shape)
    {
        foreach (var (name, value) in said.ToArray())
        {
            var path = place.Length == 0 ? name : $"{place}.{name}";
            if (path == shape.Items && value is JsonArray rows)
            {
                whole[name] = ItemsOf(whole[name] as JsonArray ?? [], rows);
            }
            else if (value is JsonObject part && shape.Parts.Contains(path))
            {
                var inner = whole[name] as JsonObject;
                if (inner is null)
                {
                    whole[name] = inner = [];
                }

                Merge(inner, part, path, shape);
                if (inner.Count == 0)
                {
                    whole.Remove(name);
                }
            }
            else if (value is null && !shape.TakesNull(path))
            {
                whole.Remove(name);
            }
            else
            {
                said.Remove(name);
                whole[name] = value;
            }
        }
    }

    /// <summary>Merges each row into the current item that it is about.</summary>
    /// <remarks>
    /// That is the item with the same standing and start, or else the same start, or else the same standing. When the
    /// rows have neither, it is the item with the same index. An item without a row is removed.
    /// </remarks>
    private static JsonArray ItemsOf(JsonArray held, JsonArray rows)
    {
        JsonObject[] said = [.. rows.OfType<JsonObject>()];
        var left = held.OfType<JsonObject>().ToList();
        if (
            left.Count != said.Length
            && left.Count > 0
            && !said.Any(row => row.ContainsKey(Standing) || row.ContainsKey(From))
        )
        {
            throw new RefusedRowException(
                Refusal.At(
                    From,
                    $"The record has {left.Count} standings and the file {said.Length} rows, without the columns standing and "
                        + "from, which distinguish them."
                )
            );
        }

        var over = new JsonObject?[said.Length];
        Func<JsonObject, JsonObject, bool>[] ways =
        [
            (row, item) => Agree(row, item, Standing) && Agree(row, item, From),
            (row, item) => row[From] is not null && Agree(row, item, From),
            (row, item) => row[Standing] is not null && Agree(row, item, Standing),
        ];
        foreach (var fits in ways)
        {
            for (var place = 0; place < said.Length; place++)
            {
                if (over[place] is null && left.FirstOrDefault(item => fits(said[place], item)) is { } item)
                {
                    over[place] = item;
                    left.Remove(item);
                }
            }
        }

        return [.. said.Zip(over, (row, item) => (JsonNode)Over(row, item))];
    }

    private static JsonObject Over(JsonObject row, JsonObject? item)
    {
        var whole = item?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in row.ToArray())
        {
            if (value is null)
            {
                whole.Remove(name);
            }
            else
            {
                row.Remove(name);
                whole[name] = value;
            }
        }

        return whole;
    }

    /// <summary>True when every value of the row equals that of the item.</summary>
    private static bool Agree(JsonObject row, JsonObject item, string member) =>
        !row.TryGetPropertyValue(member, out var said) || JsonNode.DeepEquals(said, item[member]);
}
