using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Registry.Bench.Servers;
using Registry.Bench.Terminal;

namespace Registry.Bench.Data;

/// <summary>
/// The registries that are measured, kept outside the source from run to run under the size and the schema they have, and
/// the copies that one run writes into.
/// </summary>
internal sealed class DataFolder(string kept, Progress progress) : IDisposable
{
    /// <summary>Raised whenever another data set is made of the same schema.</summary>
    private const int Generation = 1;

    private readonly Dictionary<int, string> _built = [];
    private string? _schema;
    private int _copies;

    /// <summary>Where this run writes; deleted at its end.</summary>
    public string Scratch { get; } =
        Directory.CreateDirectory(Path.Combine(kept, $"run-{Environment.ProcessId}")).FullName;

    /// <summary>Where things are kept from run to run.</summary>
    public string Kept => kept;

    /// <summary>A registry of this size to write into.</summary>
    public async Task<RegistryFile> CopyAsync(DataSize size)
    {
        var built = await BuiltAsync(size);
        var copy = Path.Combine(Scratch, $"{size.Factor}-{++_copies}.db");
        File.Copy(built, copy);
        return RegistryFile.Open(copy, size);
    }

    /// <summary>A copy of the registry of all collections (<see cref="BroadRegistry"/>).</summary>
    /// <returns>The file.</returns>
    public async Task<string> CopyBroadAsync()
    {
        _schema ??= await SchemaAsync();
        var file = Path.Combine(kept, $"broad-{_schema}.db");
        if (!File.Exists(file))
        {
            var making = NewFile("broad.db");
            await using (var product = await Product.StartAsync(making))
            {
                foreach (var (what, lines) in BroadRegistry.Batches())
                {
                    progress.Tell($"building about 100,000 records: importing {what}");
                    await ImportAsync(product, lines);
                }

                progress.Tell("building about 100,000 records: deleting some");
                using var client = product.Client();
                foreach (var address in BroadRegistry.Deleted())
                {
                    using var request = new HttpRequestMessage(HttpMethod.Delete, address);
                    request.Headers.TryAddWithoutValidation("If-Match", "*");
                    using var answer = await client.SendAsync(request);
                    answer.EnsureSuccessStatusCode();
                }
            }

            Settle(making);
            File.Move(making, file, overwrite: true);
        }

        var copy = Path.Combine(Scratch, $"broad-{++_copies}.db");
        File.Copy(file, copy);
        return copy;
    }

    /// <summary>A file that is not there yet.</summary>
    public string NewFile(string name) => Path.Combine(Scratch, $"{++_copies}-{name}");

    /// <summary>Deletes what this run wrote so far.</summary>
    public void Clear()
    {
        Directory.Delete(Scratch, recursive: true);
        Directory.CreateDirectory(Scratch);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Scratch, recursive: true);

    /// <summary>Imports lines into a running product.</summary>
    /// <returns>How long the product says it took.</returns>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<TimeSpan> ImportAsync(Server product, IEnumerable<string> lines)
    {
        var path = NewFile("lines.ndjson");
        await File.WriteAllLinesAsync(path, lines);
        try
        {
            using var client = product.Client();
            await using var body = File.OpenRead(path);
            using var content = new StreamContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            using var answer = await client.PostAsync("/v1/imports", content);
            answer.EnsureSuccessStatusCode();
            while (true)
            {
                var import = JsonNode.Parse(await client.GetStringAsync(answer.Headers.Location))!;
                switch ((string?)import["status"])
                {
                    case "waiting" or "running":
                        await Task.Delay(50);
                        break;
                    case "done":
                        return (DateTimeOffset)import["ended"]! - (DateTimeOffset)import["started"]!;
                    default:
                        var rows = await client.GetStringAsync($"{answer.Headers.Location}/rows?limit=1");
                        throw new InvalidOperationException($"{import.ToJsonString()}\n{rows}");
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<string> BuiltAsync(DataSize size)
    {
        if (_built.TryGetValue(size.Factor, out var known))
        {
            return known;
        }

        _schema ??= await SchemaAsync();
        var file = Path.Combine(kept, $"registry-{_schema}-{size.Factor}.db");
        if (!File.Exists(file))
        {
            var making = NewFile("making.db");
            await MakeAsync(making, size);
            File.Move(making, file, overwrite: true);
        }

        _built[size.Factor] = file;
        return file;
    }

    /// <summary>What the product makes of an empty file, in a word.</summary>
    private async Task<string> SchemaAsync()
    {
        progress.Tell("looking at the schema of the product");
        var empty = NewFile("empty.db");
        await using (await Product.StartAsync(empty)) { }
        using var connection = new SqliteConnection($"Data Source={empty};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL UNION ALL SELECT CAST(Format AS TEXT) FROM SearchFormat ORDER BY 1",
            connection
        );
        using var reader = command.ExecuteReader();
        var schema = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Generation}\n");
        while (reader.Read())
        {
            schema.Append(reader.GetString(0)).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema.ToString())))[..10];
    }

    /// <summary>
    /// The product writes the smallest registry, larger ones are made of its rows, and the product writes on in all of them.
    /// </summary>
    private async Task MakeAsync(string file, DataSize size)
    {
        var founded = Path.Combine(kept, $"founded-{_schema}.db");
        if (!File.Exists(founded))
        {
            var making = NewFile("founding.db");
            await FoundAsync(making);
            File.Move(making, founded, overwrite: true);
        }

        File.Copy(founded, file, overwrite: true);
        if (size.Copies > 0)
        {
            await Task.Run(() => Multiplier.Multiply(file, size, what => Tell(size, what)));
        }

        await using (var product = await Product.StartAsync(file))
        {
            Tell(size, "importing the last corrections");
            await ImportAsync(product, SmallRegistry.LastCorrections());
        }

        Settle(file);
    }

    private async Task FoundAsync(string file)
    {
        await using (var product = await Product.StartAsync(file))
        {
            foreach (
                var (what, lines) in new (string, IEnumerable<string>)[]
                {
                    ("states and forums", SmallRegistry.Founders()),
                    ("memberships", SmallRegistry.FirstMemberships()),
                    ("meetings", SmallRegistry.FirstMeetings()),
                    ("outcomes", SmallRegistry.FirstOutcomes()),
                    ("corrections", SmallRegistry.CorrectedMemberships(1)),
                    ("more corrections", SmallRegistry.CorrectedMemberships(2)),
                }
            )
            {
                Tell(DataSize.Smallest, $"importing {what}");
                await ImportAsync(product, lines);
            }
        }

        Settle(file);
    }

    private void Tell(DataSize size, string what) =>
        progress.Tell(
            string.Create(CultureInfo.InvariantCulture, $"building {size.Memberships:N0} memberships: {what}")
        );

    /// <summary>Brings everything from the write-ahead log into the file.</summary>
    public static void Settle(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        checkpoint.ExecuteNonQuery();
    }
}
