using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Importing;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Faults;

/// <summary>
/// What is on record when the program ends without a word in the middle of writes and is started again: nobody puts
/// anything in order meanwhile.
/// </summary>
[Category("Faults")]
public sealed class KillingTheProgram
{
    private const int Clients = 8;

    private ServedFile _file = null!;
    private int _answers;

    [SetUp]
    public async Task An_empty_file() => _file = await ServedFile.TakeAsync();

    [TearDown]
    public ValueTask Put_away() => _file.DisposeAsync();

    [Test]
    public async Task Whatever_was_acknowledged_is_on_record_once_and_nothing_half()
    {
        var log = new ChangeLog();
        var writers = Enumerable.Range(1, Clients).Select(number => new Writer(number)).ToList();
        var unanswered = 0;
        await _file.ServeAsync();
        for (var round = 1; round <= ServedFile.Rounds; round++)
        {
            await DieUnderAsync(enough => writers.Select(writer => writer.WriteAsync(_file.Http, Answered, enough)));
            if (round % 5 == 0)
            {
                // Killed again before it is ready, while it puts itself in order.
                await DieStartingAsync();
            }

            await _file.ServeAsync();
            await log.FollowAsync(_file.Http);
            unanswered += writers.Count(writer => writer.Settle(log));
            Assert.That(log.Head, Is.EqualTo(writers.Sum(writer => writer.Written)), "The log has what nobody wrote.");
            await _file.FitsTogetherAsync();
        }

        foreach (var id in log.Ids)
        {
            using var answer = await _file.Http.GetAsync($"/v1/ministers/{id}");
            var expected = log.LastOf(id).Record;
            Assert.That(answer.StatusCode, Is.EqualTo(expected is null ? HttpStatusCode.Gone : HttpStatusCode.OK));
            Assert.That(expected ?? "", Is.AnyOf("", await answer.Content.ReadAsStringAsync()));
        }

        await _file.IsSoundAsync();
        await TestContext.Out.WriteLineAsync(
            $"{ServedFile.Rounds} kills, {log.Head} writes on record, {unanswered} of them without an answer"
        );
    }

    [Test]
    public async Task Who_asks_again_with_the_same_key_finds_done_once_what_was_answered_or_not()
    {
        var answers = new ConcurrentDictionary<string, string>();
        var clients = Enumerable.Range(1, Clients).Select(number => new PersistentClient(number, answers)).ToList();
        var rounds = Math.Max(2, ServedFile.Rounds / 4);
        await _file.ServeAsync();
        for (var round = 1; round <= rounds; round++)
        {
            await DieUnderAsync(enough => clients.Select(client => client.PostAsync(_file.Http, Answered, enough)));
            await _file.ServeAsync();
        }

        // Whoever is without an answer still asks once more.
        foreach (var client in clients.Where(client => client.Asks))
        {
            await client.AskAsync(_file.Http);
        }

        var log = new ChangeLog();
        await log.FollowAsync(_file.Http);
        var stored = log.Ids.ToDictionary(id => (string)JsonNode.Parse(log.LastOf(id).Record!)!["name"]!, id => id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Head, Is.EqualTo(answers.Count), "Some request was carried out twice, or not at all.");
            Assert.That(stored.Keys, Is.EquivalentTo(answers.Keys));
        }

        foreach (var (name, answer) in answers)
        {
            Assert.That(answer, Is.EqualTo(log.LastOf(stored[name]).Record), name);
        }

        await _file.FitsTogetherAsync();
        await _file.IsSoundAsync();
        await TestContext.Out.WriteLineAsync(
            $"{rounds} kills, {answers.Count} requests, {clients.Sum(client => client.Repeated)} of them sent again"
        );
    }

    [Test]
    public async Task An_import_is_on_record_whole_or_not_at_all()
    {
        // More than SQLite keeps in memory before it writes pages to the disk, long before the commit; and pages that are
        // there already, so that half of an import would show.
        const int Rows = 1500;
        var log = new ChangeLog();
        var rounds = Math.Max(2, ServedFile.Rounds / 10);
        await _file.ServeAsync();
        await ImportAsync(0, Rows, upTo: Rows + 1);
        for (var round = 1; round <= rounds; round++)
        {
            await ImportAsync(round, Rows, upTo: Random.Shared.Next(Rows / 2, Rows));
            await _file.Process.KillAsync();
            await _file.ServeAsync();
            await log.FollowAsync(_file.Http);
            Assert.That(log.Head % Rows, Is.Zero, "A part of an import is on record.");
            await _file.FitsTogetherAsync();
        }

        await _file.IsSoundAsync();
        await TestContext.Out.WriteLineAsync($"{rounds} imports broken off, {(log.Head / Rows) - 1} of them on record");
    }

    private void Answered() => Interlocked.Increment(ref _answers);

    /// <summary>Has clients at work and kills the program at some moment after they have come into their stride.</summary>
    private async Task DieUnderAsync(Func<CancellationToken, IEnumerable<Task>> work)
    {
        using var enough = new CancellationTokenSource();
        var stride = Volatile.Read(ref _answers) + Clients;
        var clients = Task.WhenAll(work(enough.Token).ToList());
        while (Volatile.Read(ref _answers) < stride && !clients.IsCompleted)
        {
            await Task.Delay(5, CancellationToken.None);
        }

        await Task.Delay(Random.Shared.Next(300), CancellationToken.None);
        await _file.Process.KillAsync();
        await enough.CancelAsync();
        await clients;
    }

    /// <summary>Sends a file that names every minister anew, and waits until so many of its rows are worked off.</summary>
    private async Task ImportAsync(int round, int rows, int upTo)
    {
        var lines = Enumerable
            .Range(1, rows)
            .Select(number => Imports.Minister($"row-{number}", $"Row {number} of {round} {new string('x', 250)}"));
        using var file = new StringContent(string.Concat(lines), Encoding.UTF8, Imports.NdJson);
        using var sent = await _file.Http.PostAsync($"/v1/imports?id=round-{round}", file);
        Assert.That(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        JsonNode import;
        do
        {
            await Task.Delay(20);
            import = JsonNode.Parse(await _file.Http.GetStringAsync($"/v1/imports/round-{round}"))!;
        } while ((int)import["processed"]! < upTo && (string?)import["status"] is "waiting" or "running");
    }

    private async Task DieStartingAsync()
    {
        await using var starting = RegistryProcess.Start(_file.Database, ("Catalogue:Load", "false"));
        await Task.Delay(Random.Shared.Next(200, 1000));
        await starting.KillAsync();
    }

    /// <summary>Posts ministers, each with a key, and posts again with the same key until it is answered.</summary>
    private sealed class PersistentClient(int number, ConcurrentDictionary<string, string> answers)
    {
        private int _request = 1;

        /// <summary>True while it does not know what became of its last request.</summary>
        public bool Asks { get; private set; }

        public int Repeated { get; private set; }

        public async Task PostAsync(HttpClient http, Action answered, CancellationToken enough)
        {
            try
            {
                while (!enough.IsCancellationRequested)
                {
                    await AskAsync(http);
                    answered();
                }
            }
            catch (HttpRequestException)
            {
                // The program is gone: the client asks again when there is another.
            }
        }

        public async Task AskAsync(HttpClient http)
        {
            // Without an id: a second record of the name would be taken as another one.
            var name = $"Client {number} {_request}";
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/ministers");
            request.Headers.Add("Idempotency-Key", $"key-{number}-{_request}");
            request.Content = JsonContent.Create(new { names = RegistryApp.TextsOf(name) });
            Repeated += Asks ? 1 : 0;
            Asks = true;
            using var answer = await http.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), body);
            answers[name] = body;
            Asks = false;
            _request++;
        }
    }
}
