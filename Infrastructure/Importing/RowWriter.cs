using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Domain;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing;

/// <summary>Puts one row on file, through the same reading, rules and stores as a request.</summary>
public sealed class RowWriter
{
    private readonly RecordStores _stores;
    private readonly ClaimStore _claims;
    private readonly RecordReader _read;

    internal RowWriter(RecordStores stores, ClaimStore claims, RecordReader read) =>
        (_stores, _claims, _read) = (stores, claims, read);

    /// <summary>Puts the row on file; where it is refused, nothing of it is left.</summary>
    internal async Task<ImportRow> PutAsync(WriteSession session, ImportedRow row)
    {
        try
        {
            var put = await session.AttemptAsync(() => WriteAsync(session, row));
            var result = (put.Result, row.Begun) switch
            {
                (_, true) or (PutResult.Created, _) => RowResult.Created,
                (PutResult.Changed, _) => RowResult.Changed,
                _ => RowResult.Unchanged,
            };
            return ImportRow.Of(
                row,
                result,
                put.Stored.Id,
                changes: result == RowResult.Changed ? RowChanges.Between(put.Former!, put.Stored.Record) : null
            );
        }
        catch (RefusedRowException refused)
        {
            return ImportRow.Of(row, RowResult.Refused, row.Id, refused.Refusal);
        }
        catch (RegistryException refused) when (refused is not BusyException)
        {
            return ImportRow.Of(row, RowResult.Refused, row.Id, Refusal.Of(refused));
        }
    }

    /// <summary>
    /// The row without what it names beside its own place: so that two records that name each other can both come, one of
    /// them in two steps. Null where there is nothing to leave out.
    /// </summary>
    internal static ImportedRow? Loosened(ImportedRow row)
    {
        var record = JsonNode.Parse(row.Record)!.AsObject();
        var left = row.Collection switch
        {
            "documents" => record.Remove("relations")
                | (record["steps"] as JsonArray ?? [])
                    .OfType<JsonObject>()
                    .Aggregate(false, (left, step) => step.Remove("fulfils") | left),
            "outcomes" => record.Remove("fulfils"),
            _ => false,
        };
        return left ? row with { Record = record.ToJsonString(RegistryJson.Options) } : null;
    }

    private async Task<Put> WriteAsync(WriteSession session, ImportedRow row)
    {
        var store = _stores.Of(row.Collection!);
        using var whole = JsonDocument.Parse(row.Record);
        var id = row.Id ?? await FindAsync(session, row.Collection!, whole.RootElement);
        var record = Named(row.Collection!, id, whole.RootElement);
        if (row.IsPatch)
        {
            // One that was deleted comes back with what it said last, as far as the row says nothing else.
            var held = id is null
                ? null
                : await session.FindAsync(store.Holds, id) ?? await session.FindLastAsync(store.Holds, id);
            record = Over(row.Collection!, held?.Record, record);
        }

        var reading = _read(store.Holds.Document, record);
        if (reading.Errors.Count > 0)
        {
            throw new RefusedRowException(Refusal.Of(reading));
        }

        if (row.IsPatch && id is null)
        {
            // Of a record that nothing names, the same columns twice make one record.
            await foreach (var namesake in store.NamesakesAsync(session, reading.Document!))
            {
                var over = Over(row.Collection!, namesake.Record, Named(row.Collection!, id, whole.RootElement));
                if (RecordComparison.SaysTheSame(namesake.Record, over.ToJsonString(RegistryJson.Options)))
                {
                    return new(namesake, PutResult.Unchanged);
                }
            }
        }

        var put = await store.PutAsync(session, id, reading.Document!);
        return row.Collection == "claims" ? await PreferAsync(session, whole.RootElement, put) : put;
    }

    /// <summary>The record whole, with what the row says of it.</summary>
    private static JsonObject Over(string collection, string? held, JsonObject row)
    {
        if (row["id"] is null)
        {
            // The record keeps the id that it has.
            row.Remove("id");
        }

        var whole = RowMerge.Over(held, row, CsvShape.Of(collection));
        if (
            collection == "meetings"
            && !row.ContainsKey("steps")
            && row["status"] is { } status
            && whole["steps"] is JsonArray { Count: > 0 } steps
            && !JsonNode.DeepEquals(steps[^1]?["status"], status)
        )
        {
            // The steps tell the status; another one in a file without their column is the next of them.
            steps.Add(new JsonObject { ["status"] = status.DeepClone() });
        }

        return whole;
    }

    /// <summary>The record with the code that it was found by, where it has none of its own.</summary>
    private static JsonObject Named(string collection, string? id, JsonElement record)
    {
        var named = JsonObject.Create(record)!;
        if (
            id is null
            || collection is not ("states" or "forums")
            || (record.TryGetProperty("code", out var own) && own.ValueKind != JsonValueKind.Null)
        )
        {
            return named;
        }

        try
        {
            named["code"] = id;
            return named;
        }
        catch (ArgumentException)
        {
            throw new RefusedRowException(new(Refusal.Unreadable, "A member of the record is given more than once."));
        }
    }

    /// <summary>The id of the one record that has an identifier of the row.</summary>
    /// <exception cref="RefusedRowException">Several have.</exception>
    private static async Task<string?> FindAsync(WriteSession session, string collection, JsonElement record)
    {
        if (RecordKinds.Of(collection).Identifiers is not { } identifiers)
        {
            return null;
        }

        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (scheme, value) in NamesOfRecords.IdentifiersOf(record))
        {
            found.UnionWith(
                await session.QueryAsync<string>(identifiers.Identified, new { Scheme = scheme, Value = value })
            );
        }

        return found.Count <= 1
            ? found.SingleOrDefault()
            : throw new RefusedRowException(
                Refusal.At("identifiers", $"They are those of several records: {string.Join(", ", found)}.")
            );
    }

    /// <summary>That a claim is preferred is decided, not written; a file that says so asks for the decision.</summary>
    private async Task<Put> PreferAsync(WriteSession session, JsonElement record, Put put)
    {
        if (!record.TryGetProperty("preferred", out var preferred) || preferred.ValueKind != JsonValueKind.True)
        {
            return put;
        }

        var reason =
            record.TryGetProperty("reason", out var given) && given.ValueKind == JsonValueKind.String
                ? given.GetString()
                : null;
        var stored = await _claims.PreferAsync(session, put.Stored.Id, reason);
        return stored.Version == put.Stored.Version
            ? put
            : new(
                stored,
                put.Result == PutResult.Created ? PutResult.Created : PutResult.Changed,
                put.Former ?? put.Stored.Record
            );
    }
}

/// <summary>The row cannot be understood.</summary>
internal sealed class RefusedRowException(Refusal refusal) : RegistryException(refusal.Code, refusal.Detail ?? "")
{
    public Refusal Refusal { get; } = refusal;
}
