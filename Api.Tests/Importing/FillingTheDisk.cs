using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Text;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Importing;

/// <summary>Imports whose folder is on a disk of 256 KiB; left out where no such disk can be made.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FillingTheDisk
{
    private readonly string _folder = Directory.CreateTempSubdirectory("registry-small-disk").FullName;
    private RegistryApp? _app;

    [SetUp]
    public async Task A_small_disk()
    {
        if (!Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _folder))
        {
            Assert.Ignore("A small disk can be made only by root on Linux.");
        }

        _app = await RegistryApp.StartAsync(
            await TestDatabases.TakeAsync(Engine.Sqlite),
            settings: ("Imports:Folder", _folder)
        );
    }

    [TearDown]
    public async Task Remove()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
            await TestDatabases.GiveBackAsync(_app.Database);
            Assert.That(Run("umount", _folder), Is.True);
        }

        Directory.Delete(_folder);
    }

    [TestCase(null)]
    [TestCase("once")]
    public async Task A_file_that_does_not_fit_is_refused_and_leaves_nothing(string? key)
    {
        using var request = RequestWith(1_000_000);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        var answer = await _app!.Http.SendAsync(request);

        await answer.ProblemAsync(HttpStatusCode.InsufficientStorage, "insufficient-storage");
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        await Until.HoldsAsync(() => Task.FromResult(Directory.GetFileSystemEntries(_folder).Length == 0));
        Assert.That((await _app.ReadAsync("/v1/imports"))["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task An_import_that_runs_out_of_space_fails_with_its_reason_and_the_next_one_succeeds()
    {
        // The file fits, and what is sorted out of it does not.
        var large = await _app!.Http.SendAsync(RequestWith(200_000));
        var import = await _app.EndedAsync(large.Headers.Location!.OriginalString);

        Assert.That((string?)import["status"], Is.EqualTo("failed"));
        Assert.That((string?)import["problem"]?["type"], Is.EqualTo("/problems/insufficient-storage"));

        var next = await _app.Http.SendAsync(RequestWith(1_000));
        var small = await _app.EndedAsync(next.Headers.Location!.OriginalString);
        Assert.That((string?)small["status"], Is.EqualTo("done"));
    }

    private static HttpRequestMessage RequestWith(int bytes)
    {
        var lines = new StringBuilder();
        for (var number = 1; lines.Length < bytes; number++)
        {
            lines.Append(Imports.Minister($"person-{number}"));
        }

        return new HttpRequestMessage(HttpMethod.Post, "/v1/imports")
        {
            Content = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson"),
        };
    }

    /// <summary>Runs a command of the system.</summary>
    /// <returns>True when it succeeds.</returns>
    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command, arguments) { RedirectStandardError = true }
            )!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such command.
            return false;
        }
    }
}
