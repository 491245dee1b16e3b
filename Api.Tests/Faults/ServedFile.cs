using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Faults;

/// <summary>One SQLite file that programs serve one after the other, each a process of its own.</summary>
internal sealed class ServedFile : IAsyncDisposable
{
    private const string Variable = "REGISTRY_TEST_FAULT_ROUNDS";

    /// <summary>
    /// What does not fit together: a version of the log that is not on file as it was logged and for the time until the
    /// next one, and a version on file that is not in the log.
    /// </summary>
    private const string Misfits = """
        WITH Kept AS (
            SELECT Id, Version, Record, RecordedFrom, RecordedUntil FROM MinisterHistory
            UNION ALL SELECT Id, Version, Record, RecordedFrom, NULL FROM Minister
        )
        SELECT c.SubjectId || ', version ' || c.Version || ': not on file as logged'
        FROM Change c
        LEFT JOIN Change n ON n.Collection = c.Collection AND n.SubjectId = c.SubjectId AND n.Version = c.Version + 1
        LEFT JOIN Kept k ON k.Id = c.SubjectId AND k.Version = c.Version
        WHERE c.Collection = 'ministers' AND c.Operation <> 'deleted'
          AND (
            k.Id IS NULL OR k.Record <> c.Record OR k.RecordedFrom <> c.Instant OR k.RecordedUntil IS NOT n.Instant
            OR k.RecordedUntil <= k.RecordedFrom
          )
        UNION ALL
        SELECT k.Id || ', version ' || k.Version || ': not in the log'
        FROM Kept k
        LEFT JOIN Change c ON c.Collection = 'ministers' AND c.SubjectId = k.Id AND c.Version = k.Version
        WHERE c.Sequence IS NULL
        UNION ALL
        SELECT 'The counter is at ' || Sequence || ', the log at ' || (SELECT COALESCE(MAX(Sequence), 0) FROM Change)
        FROM ChangeCounter
        WHERE Sequence <> (SELECT COALESCE(MAX(Sequence), 0) FROM Change)
        """;

    private RegistryProcess? _process;
    private HttpClient? _http;

    private ServedFile(TestDatabase database) => Database = database;

    /// <summary>How often what happens by chance is tried: few times in the whole suite, often where somebody asks for it.</summary>
    public static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var rounds)
            ? rounds
            : 8;

    public TestDatabase Database { get; }

    public string Path => new SqliteConnectionStringBuilder(Database.ConnectionString).DataSource;

    /// <summary>The program that serves the file now.</summary>
    public RegistryProcess Process => _process!;

    /// <summary>A client of that program, with the key that may write.</summary>
    public HttpClient Http => _http!;

    public static async Task<ServedFile> TakeAsync() => new(await TestDatabases.TakeAsync(Engine.Sqlite));

    /// <summary>A file at a place of the test's own, which it puts away itself.</summary>
    public static ServedFile At(string path) => new(new(Engine.Sqlite, $"Data Source={path};Pooling=False"));

    /// <summary>Starts a program on the file, in place of the one that served it.</summary>
    public async Task ServeAsync(params (string Name, string Value)[] settings)
    {
        await EndAsync();
        _process = RegistryProcess.Start(
            Database,
            [("Catalogue:Load", "false"), ("Access:AdminKey", RegistryApp.AdminKey), .. settings]
        );
        try
        {
            _http = await _process.ServingAsync();
        }
        catch (Exception error) when (error is InvalidOperationException or TimeoutException)
        {
            Assert.Fail($"The program does not start: {error.Message}\n{_process.Output}");
        }

        _http!.DefaultRequestHeaders.Add("X-Api-Key", RegistryApp.AdminKey);
    }

    /// <summary>Asks for something small to be put on record.</summary>
    public Task<HttpResponseMessage> PostAsync(string id) =>
        Http.PostAsJsonAsync("/v1/ministers", new { id, names = RegistryApp.TextsOf($"Minister {id}") });

    /// <summary>Puts ministers with many names on record.</summary>
    public async Task FillAsync(int megabytes)
    {
        var names = Enumerable
            .Range(1, 50)
            .Select(number => new { language = "en", text = $"Name {number} {new string('x', 150)}" })
            .ToArray();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, megabytes * 60),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (number, cancellationToken) =>
            {
                var minister = new { id = $"m-{number}", names };
                using var answer = await Http.PostAsJsonAsync("/v1/ministers", minister, cancellationToken);
                Assert.That(
                    answer.StatusCode,
                    Is.EqualTo(HttpStatusCode.Created),
                    await answer.Content.ReadAsStringAsync(cancellationToken)
                );
            }
        );
    }

    /// <summary>The write succeeds, perhaps not at once: nobody has touched the program meanwhile.</summary>
    public async Task RecoversAsync(string id)
    {
        for (var tries = 1; ; tries++)
        {
            using var answer = await PostAsync(id);
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                return;
            }

            Assert.That(tries, Is.LessThan(20), await answer.Content.ReadAsStringAsync());
            await Task.Delay(500);
        }
    }

    /// <summary>What is on the disk, of the file and of its log, to see whether it was written to.</summary>
    public string Contents() =>
        string.Join(
            ' ',
            new[] { Path, $"{Path}-wal" }
                .Where(File.Exists)
                .Select(file =>
                {
                    using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                    return $"{content.Length}:{Convert.ToHexString(SHA256.HashData(content))}";
                })
        );

    /// <summary>Looks into the file beside the program: every version is there once, for the time until the next one.</summary>
    public async Task FitsTogetherAsync()
    {
        await using var connection = Database.Connect();
        Assert.That(await connection.QueryAsync<string>(Misfits), Is.Empty);
    }

    /// <summary>Has SQLite look at every page of the file.</summary>
    public async Task IsSoundAsync()
    {
        await using var connection = Database.Connect();
        Assert.That(
            await connection.QueryAsync<string>("PRAGMA integrity_check"),
            Is.EqualTo(new[] { "ok" }),
            "The file is damaged."
        );
        Assert.That(await connection.QueryAsync("PRAGMA foreign_key_check"), Is.Empty);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await TestDatabases.GiveBackAsync(Database);
    }

    private async Task EndAsync()
    {
        _http?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _process = null;
    }
}
