using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Dapper;
using Registry.Domain;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Schema;
using Registry.Infrastructure.Search;

namespace Registry.Infrastructure.Verification;

/// <summary>
/// Compares the current records of a collection with what is stored of them a second time: columns, part tables, citations and
/// the index of names. All of these are made again from the JSON of the record, by the store that writes them.
/// </summary>
internal sealed class RecordCheck(RecordKind kind, RecordStore store, bool isIndexed, FindingList findings)
{
    private const int PageSize = 500;

    /// <summary>The columns that are no index of the record: the record itself, and what is compared with the change log.</summary>
    private static readonly HashSet<string> Others = ["Record", "Version", "RecordedFrom"];

    private static readonly ConcurrentDictionary<(Type Row, string Column), PropertyInfo> Properties = new();

    /// <summary>Compares all records.</summary>
    /// <returns>The number of records.</returns>
    public async Task<long> RunAsync(SqlDialect dialect, SnapshotReader reading)
    {
        var page = kind.Main.PageAtInstant(dialect);
        var count = 0L;
        for (var after = ""; ; )
        {
            var read = await reading.ReadAsync(connection => CheckPageAsync(dialect, connection, page, after));
            count += read.Count;
            if (read.Count < PageSize)
            {
                return count;
            }

            after = read[^1].Id;
        }
    }

    private async Task<IReadOnlyList<StoredRecord>> CheckPageAsync(
        SqlDialect dialect,
        DbConnection connection,
        string page,
        string after
    )
    {
        var records = await connection.RowsAsync<StoredRecord>(
            page,
            new
            {
                KnownAt = DateTimeOffset.MaxValue,
                After = after,
                Take = PageSize,
            }
        );
        if (records.Count == 0)
        {
            return records;
        }

        var session = WriteSession.ForReading(dialect, connection);
        var range = new { After = after, UpTo = records[^1].Id };
        var main = RowsOf(connection, kind.Main, range);
        ILookup<string, string[]>[] parts = [.. kind.Parts.Select(part => RowsOf(connection, part, range))];
        foreach (var record in records)
        {
            findings.Add(await CheckAsync(session, record, main, parts));
        }

        return records;
    }

    private async Task<IReadOnlyList<string>> CheckAsync(
        WriteSession session,
        StoredRecord record,
        ILookup<string, string[]> main,
        ILookup<string, string[]>[] parts
    )
    {
        var name = $"{kind.Collection}/{record.Id}";
        RecordRows expected;
        try
        {
            expected = await store.RowsOfAsync(session, record);
        }
        catch (Exception unreadable) when (unreadable is JsonException or RegistryException and not BusyException)
        {
            return [$"{kind.Main.Name}: the record of {name} cannot be read: {unreadable.Message.TrimEnd('.')}."];
        }

        var found = new List<string>();
        if (VersionIn(record.Record) != record.Version)
        {
            found.Add($"{kind.Main.Name}: the record of {name} does not have its version {record.Version}.");
        }

        var columns = ColumnsOf(kind.Main);
        var row = main[record.Id].FirstOrDefault();
        var wanted = ValuesOf(expected.Main, columns);
        found.AddRange(
            columns
                .Where((column, place) => row?[place] != wanted[place])
                .Select(column => $"{kind.Main.Name}: the column {column} of {name} is not what its record says.")
        );
        for (var part = 0; part < parts.Length; part++)
        {
            var table = kind.Parts[part];
            var rows = expected.Parts[part].Select(each => TextOf(ValuesOf(each, ColumnsOf(table)))).Order().ToArray();
            var held = parts[part][record.Id].Select(TextOf).Order().ToArray();
            if (held.Length != rows.Length)
            {
                found.Add(
                    $"{table.Name}: {name} has {held.Length} rows instead of the {rows.Length} that its record says."
                );
            }
            else if (!held.SequenceEqual(rows))
            {
                found.Add($"{table.Name}: the rows of {name} are not what its record says.");
            }
        }

        if (!await Citations.AreCurrentAsync(session, kind, record))
        {
            found.Add(
                $"{ProvenanceTables.Citations.Name}: the sources that {name} cites are not what its record says."
            );
        }

        if (isIndexed && !await NameIndex.IsCurrentAsync(session, kind, record))
        {
            found.Add($"{SearchSql.Names.Name}: the names of {name} are not what its record says.");
        }

        return found;
    }

    private static int? VersionIn(string record)
    {
        using var document = JsonDocument.Parse(record);
        return
            document.RootElement.TryGetProperty("version", out var version)
            && version.ValueKind == JsonValueKind.Number
            && version.TryGetInt32(out var number)
            ? number
            : null;
    }

    /// <summary>Reads the rows of the records in a range of ids, as texts in the order of the columns.</summary>
    private static ILookup<string, string[]> RowsOf(DbConnection connection, RecordTable table, object range)
    {
        var columns = ColumnsOf(table);
        return connection
            .Query(VerificationSql.RowsBetween(table), range)
            .Cast<IDictionary<string, object?>>()
            .ToLookup(
                row => (string)row[table.IdColumn]!,
                row => columns.Select(column => TextOf(row[column])).ToArray(),
                StringComparer.Ordinal
            );
    }

    private static string[] ColumnsOf(RecordTable table) =>
        [.. table.Columns.Where(column => !Others.Contains(column))];

    private static string[] ValuesOf(RecordRow row, string[] columns) =>
        [
            .. columns.Select(column =>
                TextOf(
                    Properties
                        .GetOrAdd(
                            (row.GetType(), column),
                            key =>
                                key.Row.GetProperty(key.Column)
                                ?? throw new MissingMemberException(key.Row.Name, column)
                        )
                        .GetValue(row)
                )
            ),
        ];

    private static string TextOf(string[] values) => string.Join('\u001f', values);

    /// <summary>One text for a value, whichever type a driver or a row has for it.</summary>
    private static string TextOf(object? value) =>
        value switch
        {
            null or DBNull => "\0",
            bool flag => flag ? "1" : "0",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
}
