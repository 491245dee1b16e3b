using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Domain;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing;

/// <summary>Writes one row, through the same parsing, rules and stores as a request.</summary>
public sealed class RowWriter
{
    private readonly RecordStores _stores;
    private readonly ClaimStore _claims;
    private readonly RecordReader _read;

    internal RowWriter(RecordStores stores, ClaimStore claims, RecordReader read) =>
        (_stores, _claims, _read) = (stores, claims, read);

    /// <summary>Writes a row; when it is refused, nothing of it is kept.</summary>
    internal async Task<ImportRow> WriteRowAsync(WriteSession session, ImportedRow row)
    {
        try
        {
            return await session.AttemptAsync(() => WriteAsync(session, row));
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

    /// <summary>Writes rows together; when one is refused, nothing of them is kept.</summary>
    /// <returns>The results, or null when a row was refused.</returns>
    internal async Task<IReadOnlyList<ImportRow>?> TryWriteAllAsync(
        WriteSession session,
        IReadOnlyList<ImportedRow> rows,
        CancellationToken ending
    )
    {
        try
        {
            return await session.AttemptAsync(async () =>
            {
                var results = new List<ImportRow>(rows.Count);
                foreach (var row in rows)
                {
                    ending.ThrowIfCancellationRequested();
                    results.Add(await WriteAsync(session, row));
                }

                return results;
            });
        }
        catch (RegistryException refused) when (refused is not BusyException)
        {
            return null;
        }
    }

    /// <summary>
    /// The row without its optional references, so that two records that refer to each other can be created, one of them in two
    /// steps; null when it has none.
    /// </summary>
    internal static ImportedRow? Loosened(ImportedRow row)
    {
        var record = JsonNode.Parse(row.Record.Span)!.AsObject();
        var left = row.Collection switch
        {
            "documents" => record.Remove("relations")
                | (record["steps"] as JsonArray ?? [])
                    .OfType<JsonObject>()
                    .Aggregate(false, (left, step) => step.Remove("fulfils") | left),
            "outcomes" => record.Remove("fulfils"),
            _ => false,
        };
        return left ? row with { Record = JsonSerializer.SerializeToUtf8Bytes(record, RegistryJson.Options) } : null;
    }

    private async Task<ImportRow> WriteAsync(WriteSession session, ImportedRow row)
    {
        var put = await WriteRecordAsync(session, row);
        var result = (put.Result, row.Begun) switch
        {
            (_, true) or (UpsertResult.Created, _) => RowResult.Created,
            (UpsertResult.Changed, _) => RowResult.Changed,
            _ => RowResult.Unchanged,
        };
        return ImportRow.Of(
            row,
            result,
            put.Stored.Id,
            changes: result == RowResult.Changed ? RowChanges.Between(put.Former!, put.Stored.Record) : null
        );
    }

    private async Task<Upserted> WriteRecordAsync(WriteSession session, ImportedRow row)
    {
        var store = _stores.Of(row.Collection!);
        using var whole = JsonDocument.Parse(row.Record);
        var id = row.Id ?? await FindAsync(session, row.Collection!, whole.RootElement);
        var record = await WholeAsync(session, store, row, id, whole.RootElement);
        var reading = _read(store.RecordKind.Model, record);
        if (reading.Errors.Count > 0)
        {
            throw new RefusedRowException(Refusal.Of(reading));
        }

        if (row.IsPatch && id is null)
        {
            // For records without an id, the same columns twice are one record.
            await foreach (var namesake in store.NamesakesAsync(session, reading.Model!))
            {
                var over = Over(row.Collection!, namesake.Record, Named(row.Collection!, id, whole.RootElement));
                if (RecordComparison.AreEqual(namesake.Record, over.ToJsonString(RegistryJson.Options)))
                {
                    return new(namesake, UpsertResult.Unchanged);
                }
            }
        }

        var put = await store.UpsertAsync(session, id, reading.Model!);
        return row.Collection == "claims" ? await PreferAsync(session, whole.RootElement, put) : put;
    }

    /// <summary>The whole record: the row, merged into the current record when the row is a patch.</summary>
    private static async Task<JsonElement> WholeAsync(
        WriteSession session,
        RecordStore store,
        ImportedRow row,
        string? id,
        JsonElement said
    )
    {
        if (row.IsPatch)
        {
            // A deleted record is restored with its last content, as far as the row does not change it.
            var held = id is null
                ? null
                : await session.FindAsync(store.RecordKind, id) ?? await session.FindLastAsync(store.RecordKind, id);
            return JsonSerializer.SerializeToElement(
                Over(row.Collection!, held?.Record, Named(row.Collection!, id, said))
            );
        }

        // A row with the id of its record is read unchanged.
        return LacksCode(row.Collection!, id, said)
            ? JsonSerializer.SerializeToElement(Named(row.Collection!, id, said))
            : said;
    }

    /// <summary>The whole record after the merge of the row.</summary>
    private static JsonObject Over(string collection, string? held, JsonObject row)
    {
        if (row["id"] is null)
        {
            // The record keeps its id.
            row.Remove("id");
        }

        var tellsStatusAlone = collection == "meetings" && !row.ContainsKey("steps") && row["status"] is not null;
        var whole = RowMerge.Over(held, row, CsvShape.Of(collection));
        if (
            tellsStatusAlone
            && whole["status"] is { } status
            && whole["steps"] is JsonArray { Count: > 0 } steps
            && !JsonNode.DeepEquals(steps[^1]?["status"], status)
        )
        {
            // The status follows from the steps; another status in a file without the column of steps is the next step.
            steps.Add(new JsonObject { ["status"] = status.DeepClone() });
        }

        return whole;
    }

    /// <summary>The record with the code by which it was found, when it has none.</summary>
    private static JsonObject Named(string collection, string? id, JsonElement record)
    {
        var named = JsonObject.Create(record)!;
        if (!LacksCode(collection, id, record))
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
            throw new RefusedRowException(new(Refusal.Unreadable, "A member of the record can be given only once."));
        }
    }

    private static bool LacksCode(string collection, string? id, JsonElement record) =>
        id is not null
        && collection is "states" or "forums"
        && !(record.TryGetProperty("code", out var own) && own.ValueKind != JsonValueKind.Null);

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

    /// <summary>Prefers the claim when the row says so: that is a decision, not a member that can be written.</summary>
    private async Task<Upserted> PreferAsync(WriteSession session, JsonElement record, Upserted put)
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
                put.Result == UpsertResult.Created ? UpsertResult.Created : UpsertResult.Changed,
                put.Former ?? put.Stored.Record
            );
    }
}

/// <summary>The row cannot be read.</summary>
internal sealed class RefusedRowException(Refusal refusal) : RegistryException(refusal.Code, refusal.Detail ?? "")
{
    public Refusal Refusal { get; } = refusal;
}
