using System.Globalization;
using MediatR;
using Registry.Api.Contract;
using Registry.Api.Features.Changes;
using Registry.Api.Features.Importing;
using Registry.Domain;
using Registry.Infrastructure;
using Registry.Infrastructure.Database;
using Registry.Infrastructure.Importing;
using Registry.Infrastructure.Tables;

namespace Registry.Api.Startup;

/// <summary>
/// What the program does instead of serving: on the database that the settings name, without HTTP. The answers are for
/// people, on the console; the exit code is for scripts.
/// </summary>
internal static class CommandLine
{
    private const int Done = 0;
    private const int RowsRefused = 1;
    private const int Misread = 2;
    private const int NotDone = 3;

    private const int RowsShown = 20;
    private const int BarWidth = 40;

    private const string Usage = """
        import FILE [--dry-run] [--partial] [--collection NAME]   .ndjson, .csv (with its collection) or .json (Popolo)
        export [FILE]                                             the whole registry as lines of JSON
        openapi FILE                                              the contract
        Settings are given as everywhere: --ConnectionStrings:Sqlite="Data Source=registry.db"
        """;

    private static readonly string[] Commands = ["import", "export", "openapi"];

    /// <summary>True where the program is to do something else than to serve.</summary>
    public static bool IsCommand(string[] args) => args is [{ } first, ..] && Commands.Contains(first);

    /// <summary>Keeps the log of a command apart from what it gives.</summary>
    public static void LogBesides(this WebApplicationBuilder builder, string[] args)
    {
        if (IsCommand(args))
        {
            builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }
    }

    /// <summary>Does what the arguments say.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunCommandAsync(this WebApplication app, string[] args)
    {
        try
        {
            return await app.CarryOutAsync([.. args.Where(argument => !IsSetting(argument))]);
        }
        catch (BusyException busy)
        {
            await Console.Error.WriteLineAsync(busy.Message);
            return NotDone;
        }
    }

    private static async Task<int> CarryOutAsync(this WebApplication app, string[] words)
    {
        using var broken = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            broken.Cancel();
        };
        switch (words)
        {
            case ["openapi", var file]:
                await app.WriteContractAsync(file);
                return Done;
            case ["export"]:
                await using (var output = Console.OpenStandardOutput())
                {
                    return await app.ExportAsync(output, broken.Token);
                }
            case ["export", var file]:
                await using (var output = new FileStream(file, FileMode.Create, FileAccess.Write))
                {
                    return await app.ExportAsync(output, broken.Token);
                }
            case ["import", var file, .. var options] when OrderOf(file, options) is { } order:
                return await app.ImportAsync(file, order, broken.Token);
            default:
                await Console.Error.WriteLineAsync(Usage);
                return Misread;
        }
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains('=', StringComparison.Ordinal);

    private static ImportOrder? OrderOf(string file, string[] options)
    {
        var form = Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".csv" => ImportForm.Csv,
            ".json" => ImportForm.Popolo,
            _ => ImportForm.Ndjson,
        };
        string? collection = null;
        var (dryRun, partial) = (false, false);
        for (var at = 0; at < options.Length; at++)
        {
            switch (options[at])
            {
                case "--dry-run":
                    dryRun = true;
                    break;
                case "--partial":
                    partial = true;
                    break;
                case "--collection" when at + 1 < options.Length && CsvShape.Collections.Contains(options[at + 1]):
                    collection = options[++at];
                    break;
                default:
                    return null;
            }
        }

        return (form == ImportForm.Csv) != collection is not null
            ? null
            : new()
            {
                Form = form,
                Collection = collection,
                DryRun = dryRun,
                Partial = partial,
                Actor = "command line",
            };
    }

    private static async Task<int> ExportAsync(this WebApplication app, Stream output, CancellationToken broken)
    {
        try
        {
            await app.MigrateAsync();
        }
        catch (DamagedException damaged)
        {
            // What can still be read is what somebody wants to save.
            await Console.Error.WriteLineAsync(damaged.Message);
        }

        await using var scope = app.Services.CreateAsyncScope();
        var export = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ExportRegistry(), broken);
        await new ExportAnswer(export).WriteAsync(output, broken);
        return Done;
    }

    private static async Task<int> ImportAsync(
        this WebApplication app,
        string file,
        ImportOrder order,
        CancellationToken broken
    )
    {
        if (!File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"There is no file {file}.");
            return Misread;
        }

        await app.MigrateAsync();
        var desk = app.Services.GetRequiredService<ImportDesk>();
        var (import, run) = await desk.RunAsync(order, file, broken);
        await ShowAsync(import, run);
        var ended = ImportDocument.Of(await desk.GetAsync(import.Id, CancellationToken.None));
        Console.WriteLine(
            $"{Words.Of(ended.Status)}: {ended.Created} created, {ended.Changed} changed, {ended.Unchanged} unchanged, "
                + $"{ended.Refused} refused{(order.DryRun ? " (dry run: nothing is kept)" : "")}"
        );
        Tell("", ended.Problem);
        await ShowRefusedAsync(app, ended);
        return ended switch
        {
            { Status: ImportStatus.Done, Refused: 0 } => Done,
            { Status: ImportStatus.Done or ImportStatus.Refused } => RowsRefused,
            _ => NotDone,
        };
    }

    /// <summary>A bar on a terminal; elsewhere a line now and then.</summary>
    private static async Task ShowAsync(RunningImport import, Task run)
    {
        var pause = Console.IsOutputRedirected ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(200);
        while (await Task.WhenAny(run, Task.Delay(pause)) != run)
        {
            var now = import.Now;
            var count = string.Create(
                CultureInfo.InvariantCulture,
                $"{now.Processed:N0} of {now.Total?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"}"
            );
            if (Console.IsOutputRedirected)
            {
                Console.WriteLine(count);
            }
            else
            {
                var full = now.Total is > 0 ? (int)(BarWidth * now.Processed / now.Total.Value) : 0;
                Console.Write(
                    $"\r[{new string('#', full)}{new string('.', BarWidth - full)}] {count}, {now.Refused} refused "
                );
            }
        }

        await run;
        if (!Console.IsOutputRedirected)
        {
            Console.Write($"\r{new string(' ', Math.Max(0, Math.Min(Console.BufferWidth, 200) - 1))}\r");
        }
    }

    private static async Task ShowRefusedAsync(WebApplication app, ImportDocument ended)
    {
        if (ended.Refused == 0)
        {
            return;
        }

        var page = await app
            .Services.GetRequiredService<ImportStore>()
            .RowsAsync(
                ended.Id,
                new ListRequest
                {
                    Sort = "line",
                    Limit = RowsShown,
                    Filters = new Dictionary<string, object>
                    {
                        ["Import"] = ended.Id,
                        ["Result"] = Words.Of(RowResult.Refused),
                    },
                },
                CancellationToken.None
            );
        foreach (var row in page.Rows.Select(ImportRowDocument.Of))
        {
            Tell($"line {row.Line}{(row.Id is null ? "" : $", {row.Collection} {row.Id}")}: ", row.Problem);
        }

        if (ended.Refused > page.Rows.Count && page.Rows.Count > 0)
        {
            await Console.Error.WriteLineAsync($"... and {ended.Refused - page.Rows.Count} more");
        }
    }

    private static void Tell(string place, ImportProblem? problem)
    {
        if (problem is not null)
        {
            var fields = problem.Errors?.Select(error => $"{error.Key}: {error.Value[0]}") ?? [];
            Console.Error.WriteLine($"{place}{problem.Detail ?? problem.Title} {string.Join(" ", fields)}".TrimEnd());
        }
    }
}
