using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing.Files;

/// <summary>The rows of one import, sorted on disk by collection.</summary>
/// <remarks>
/// So referenced records are written before those that refer to them, and memory holds one row at a time.
/// </remarks>
internal sealed class Spool : IDisposable
{
    /// <summary>
    /// The number of files among which the rows of memberships are distributed, so that those of one file fit in
    /// memory.
    /// </summary>
    private const int Partitions = 32;

    private readonly string _folder;
    private readonly Dictionary<string, SpoolFile> _collections = new(StringComparer.Ordinal);
    private readonly List<SpoolFile> _files = [];

    public Spool(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>The number of rows.</summary>
    public long Count => _collections.Values.Sum(file => file.Count);

    /// <summary>Creates a file for rows, which is deleted with the spool at the latest.</summary>
    public SpoolFile NewFile()
    {
        var file = new SpoolFile(Path.Combine(_folder, $"rows.{_files.Count}"));
        _files.Add(file);
        return file;
    }

    public void Add(ImportedRow row)
    {
        if (!_collections.TryGetValue(row.Collection!, out var file))
        {
            _collections[row.Collection!] = file = NewFile();
        }

        file.Add(row);
    }

    /// <summary>Reads the rows of a collection, or null when there are none.</summary>
    public SpoolFile? Of(string collection) => _collections.GetValueOrDefault(collection);

    /// <summary>
    /// Adds the rows of a table with several rows for one record, wherever they are in the file, as one row each.
    /// </summary>
    /// <returns>The rows without a record.</returns>
    public async IAsyncEnumerable<ImportedRow> GatherAsync(IAsyncEnumerable<ImportedRow> rows, string collection)
    {
        var partitions = new SpoolFile?[Partitions];
        var broken = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var row in rows)
        {
            if (row.Refusal is not null || row.Id is null)
            {
                if (row.Id is not null)
                {
                    broken.TryAdd(row.Id, row.Line);
                }

                yield return row;
                continue;
            }

            var partition = (int)(Hash(row.Id) % Partitions);
            (partitions[partition] ??= NewFile()).Add(row);
        }

        foreach (var partition in partitions.OfType<SpoolFile>())
        {
            foreach (var part in Gather(partition, CsvShape.Of(collection), broken))
            {
                yield return part;
            }

            partition.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    /// <returns>The rows of records of which another row was refused: the remaining ones are incomplete.</returns>
    private IEnumerable<ImportedRow> Gather(SpoolFile partition, CsvShape shape, Dictionary<string, long> broken)
    {
        var gathered = new Dictionary<string, (ImportedRow First, JsonObject Record)>(StringComparer.Ordinal);
        foreach (var row in partition.Rows())
        {
            var record = JsonNode.Parse(row.Record.Span)!.AsObject();
            if (gathered.TryGetValue(row.Id!, out var held))
            {
                shape.Gather(held.Record, record);
                gathered[row.Id!] = held with
                {
                    First = held.First with { Readings = [.. held.First.Readings, .. row.Readings] },
                };
            }
            else
            {
                gathered.Add(row.Id!, (row, record));
            }
        }

        foreach (var (first, record) in gathered.Values)
        {
            if (broken.TryGetValue(first.Id!, out var line))
            {
                yield return first with
                {
                    Refusal = new(Refusal.Invalid, $"Another row of the same record was refused, in line {line}."),
                };
            }
            else
            {
                Add(first with { Record = JsonSerializer.SerializeToUtf8Bytes(record, RegistryJson.Options) });
            }
        }
    }

    /// <summary>Computes an FNV-1a hash: the same in every process, and evenly distributed.</summary>
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u);
}
