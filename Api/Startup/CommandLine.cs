using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MediatR;
using Registry.Api.Contract;
using Registry.Api.Features.Changes;
using Registry.Api.Features.Importing;
using Registry.Domain;
using Registry.Domain.States;
using Registry.Infrastructure.Encodings;
using Registry.Infrastructure.Engine.Startup;
using Registry.Infrastructure.Importing;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Startup;

/// <summary>
/// The command line. <c>serve</c> is what the program does without a command; the other commands work on the database that the
/// settings name, without HTTP. Their answers are for people, on the console; the exit code is for scripts.
/// </summary>
/// <remarks>
/// A setting may be anywhere among the arguments, as <c>--name=value</c> or <c>--name value</c>. Settings are extracted before
/// the arguments are parsed, so that the value of a setting is never taken for a file.
/// </remarks>
internal sealed class CommandLine
{
    private const int RowsShown = 20;
    private const int BarWidth = 40;

    /// <summary>The time that an interrupted command has to clean up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Argument<string> _importFile = new("FILE")
    {
        Description = "Lines of JSON as export writes them (.ndjson), CSV (.csv), a workbook (.xlsx) or Popolo (.json)",
    };

    private readonly Option<string> _collection = new Option<string>("--collection")
    {
        Description = "The collection that the rows of a .csv or .xlsx file belong to",
        HelpName = "NAME",
    };

    private readonly Option<string> _encoding = new("--encoding")
    {
        Description =
            "The encoding of the file, such as windows-1251, where it is not UTF-8 and has no byte order mark",
        HelpName = "NAME",
    };

    private readonly Option<string> _state = new("--state")
    {
        Description = "The state whose parliament and government a .json file describes",
        HelpName = "CODE",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Say what would change, and keep nothing",
    };

    private readonly Option<bool> _partial = new("--partial")
    {
        Description = "Keep the rows that hold, also where others are refused",
    };

    private readonly Argument<string?> _exportFile = new("FILE")
    {
        Description = "Where to write; the console when it is left out",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string> _contractFile = new("FILE")
    {
        Description = "Where to write: JSON when the name ends in .json, otherwise YAML",
    };

    private readonly ParseResult _words;
    private readonly string[] _settings;
    private WebApplication? _app;

    private CommandLine(string[] words, string[] settings)
    {
        _settings = settings;
        _collection.AcceptOnlyFromAmong([.. RecordKinds.Collections]);
        _words = NewRoot()
            .Parse(
                words is ["help", .. var topic] ? [.. topic, "--help"] : words,
                new ParserConfiguration { ResponseFileTokenReplacer = null }
            );
    }

    /// <summary>True when the program is to serve HTTP.</summary>
    public bool Serves => _words.CommandResult.Command.Name == ServeName || _words.CommandResult.Command is RootCommand;

    private const string ServeName = "serve";

    /// <summary>
    /// Parses the arguments. When they ask for help or are invalid, the console shows it and nothing is left to do.
    /// </summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="line">The parsed command line.</param>
    /// <param name="exitCode">The exit code when nothing is left to do.</param>
    public static bool TryRead(string[] args, out CommandLine line, out int exitCode)
    {
        var (settings, words, complaint) = Settings.Split(args);
        line = new CommandLine([.. words], [.. settings]);
        if (line._words.Action is SynchronousCommandLineAction answer and not ParseErrorAction)
        {
            exitCode = answer.Invoke(line._words);
            return false;
        }

        complaint ??= line._words.Errors is [var first, ..] ? first.Message : null;
        exitCode = complaint is null ? ExitCodes.Done : ExitCodes.Misread;
        if (complaint is not null)
        {
            // System.CommandLine lists the allowed values on separate lines.
            var sentence = string.Join(' ', complaint.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Console.Error.WriteLine($"{sentence.TrimEnd('.')}. --help shows what the program can do.");
        }

        return complaint is null;
    }

    /// <summary>The builder of the program with the settings of the command line.</summary>
    /// <returns>Null when a setting is invalid, which the console shows.</returns>
    public WebApplicationBuilder? NewBuilder()
    {
        try
        {
            var builder = WebApplication.CreateBuilder([.. _settings, Settings.ReadOnce]);
            if (!Serves)
            {
                // The log goes to standard error, apart from the output of the command.
                builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            }

            string[] complaints = [.. Settings.ComplaintsOf(builder.Configuration)];
            foreach (var complaint in complaints)
            {
                Console.Error.WriteLine(complaint);
            }

            return complaints.Length == 0 ? builder : null;
        }
        catch (Exception unreadable) when (unreadable is DirectoryNotFoundException or InvalidDataException)
        {
            // The folder of the settings does not exist, or a settings file cannot be read.
            Console.Error.WriteLine($"The settings cannot be read: {unreadable.Message}");
            return null;
        }
    }

    /// <summary>Runs the command; not for serving.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(WebApplication app)
    {
        _app = app;
        try
        {
            return await _words.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = Patience,
                }
            );
        }
        catch (BusyException busy)
        {
            Console.Error.WriteLine(Preparation.ReasonOf(busy));
        }
        catch (MigrationException failed)
        {
            Console.Error.WriteLine(failed.Message);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("The operation was interrupted.");
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException or TimeoutException)
        {
            Console.Error.WriteLine(unwritable.Message);
        }
        finally
        {
            // The database file is closed in order.
            await app.DisposeAsync();
        }

        return ExitCodes.NotDone;
    }

    private RootCommand NewRoot()
    {
        var root = new RootCommand(
            "Registry: which states belong to which forums, and since when. Serves it over HTTP."
        );
        root.Directives.Clear();
        root.SetAction(_ => Task.CompletedTask);

        var serve = new Command(ServeName, "Serve the registry over HTTP; the program does so without a command too");
        serve.SetAction(_ => Task.CompletedTask);

        var import = new Command("import", "Take a file in: the whole of it, or nothing where a row is refused")
        {
            _importFile,
            _collection,
            _encoding,
            _state,
            _dryRun,
            _partial,
        };
        import.Validators.Add(result =>
        {
            var (file, collection) = (result.GetValue(_importFile), result.GetValue(_collection));
            if (file is not null && IsTable(file) != collection is not null)
            {
                result.AddError("A .csv or .xlsx file is imported with --collection NAME, and other files without");
            }
        });
        _state.Validators.Add(result =>
        {
            if (!Regex.IsMatch(result.GetValue(_state) ?? "", StateCode.Pattern))
            {
                result.AddError("A state is named by three capital letters (ISO 3166-1 alpha-3)");
            }
        });
        import.Validators.Add(result =>
        {
            if (
                result.GetValue(_importFile) is { } file
                && result.GetValue(_state) is not null
                && FormOf(file) != ImportForm.Popolo
            )
            {
                result.AddError("A .json file is imported with --state CODE, and other files without");
            }
        });
        _encoding.Validators.Add(result =>
        {
            if (result.GetValue(_encoding) is { } name && TextEncodings.Find(name) is null)
            {
                result.AddError(
                    $"There is no encoding called '{name}'; name it as the IANA does, such as utf-8, windows-1251 or gb18030"
                );
            }
        });
        import.SetAction(
            (words, broken) => ImportAsync(_app!, words.GetRequiredValue(_importFile), OrderOf(words), broken)
        );

        var export = new Command("export", "Write the whole registry as lines of JSON") { _exportFile };
        export.SetAction((words, broken) => ExportAsync(_app!, words.GetValue(_exportFile), broken));

        var contract = new Command("openapi", "Write the contract of the API (OpenAPI)") { _contractFile };
        contract.SetAction(words => _app!.WriteContractAsync(words.GetRequiredValue(_contractFile)));

        var backups = new BackupCommands(() => _app!);
        foreach (
            var command in new[]
            {
                serve,
                import,
                export,
                contract,
                new KeyCommands(() => _app!).NewCommand(),
                backups.NewBackup(),
                backups.NewRestore(),
                backups.NewVerify(),
                new MigrateCommand(() => _app!).NewCommand(),
            }
        )
        {
            root.Subcommands.Add(command);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Show this help, or that of a command";
        help.Action = new Teaching((HelpAction)help.Action!);
        root.Options.OfType<VersionOption>().Single().Description = "Show the version of the program";
        return root;
    }

    private ImportOrder OrderOf(ParseResult words) =>
        new()
        {
            Form = FormOf(words.GetRequiredValue(_importFile)),
            Collection = words.GetValue(_collection),
            State = words.GetValue(_state),
            Encoding =
                words.GetValue(_encoding) is { } name && TextEncodings.Find(name) is { } encoding
                    ? TextEncodings.NameOf(encoding)
                    : null,
            DryRun = words.GetValue(_dryRun),
            Partial = words.GetValue(_partial),
            Actor = "command line",
        };

    private static bool IsTable(string file) => FormOf(file) is ImportForm.Csv or ImportForm.Xlsx;

    private static ImportForm FormOf(string file) =>
        Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".csv" => ImportForm.Csv,
            ".xlsx" => ImportForm.Xlsx,
            ".json" => ImportForm.Popolo,
            _ => ImportForm.Ndjson,
        };

    private static async Task<int> ExportAsync(WebApplication app, string? file, CancellationToken broken)
    {
        await using var output = file is null
            ? Console.OpenStandardOutput()
            : new FileStream(file, FileMode.Create, FileAccess.Write);
        return await ExportAsync(app, output, broken);
    }

    private static async Task<int> ExportAsync(WebApplication app, Stream output, CancellationToken broken)
    {
        try
        {
            await app.MigrateAsync();
        }
        catch (DamagedException damaged)
        {
            // A damaged database can still be exported as far as it is readable.
            await Console.Error.WriteLineAsync(damaged.Message);
        }

        await using var scope = app.Services.CreateAsyncScope();
        var export = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ExportRegistry(), broken);
        await new ExportAnswer(export).WriteAsync(output, broken);
        return ExitCodes.Done;
    }

    private static async Task<int> ImportAsync(
        WebApplication app,
        string file,
        ImportOrder order,
        CancellationToken broken
    )
    {
        if (!File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"There is no file {file}.");
            return ExitCodes.Misread;
        }

        await app.MigrateAsync();
        var desk = app.Services.GetRequiredService<ImportDesk>();
        var (import, run) = await desk.RunAsync(order, file, broken);
        await ShowAsync(import, run);
        var ended = ImportModel.Of(await desk.GetAsync(import.Id, CancellationToken.None));
        Console.WriteLine(
            $"{Words.Of(ended.Status)}: {ended.Created} created, {ended.Changed} changed, {ended.Unchanged} unchanged, "
                + $"{ended.Refused} refused{(ended.LeftOut > 0 ? $", {ended.LeftOut} left out" : "")}{(order.DryRun ? " (dry run: nothing is kept)" : "")}"
        );
        Tell("", ended.Problem);
        await ShowChangedAsync(app, ended);
        await ShowRefusedAsync(app, ended);
        await ShowLeftOutAsync(app, ended);
        return ended switch
        {
            { Status: ImportStatus.Done, Refused: 0 } => ExitCodes.Done,
            { Status: ImportStatus.Done or ImportStatus.Refused } => ExitCodes.RowsRefused,
            _ => ExitCodes.NotDone,
        };
    }

    /// <summary>Shows the progress: a bar on a terminal, otherwise a line at intervals.</summary>
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

    /// <summary>
    /// Shows the changes of the first rows, and the cells whose text differs from the value recorded.
    /// </summary>
    private static async Task ShowChangedAsync(WebApplication app, ImportModel ended)
    {
        var rows = ended.Changed > 0 ? await RowsAsync(app, ended, RowResult.Changed) : [];
        foreach (var row in rows)
        {
            foreach (var change in row.Changes ?? [])
            {
                Console.WriteLine($"{PlaceOf(row)}{change.Path}: {Shown(change.From)} -> {Shown(change.To)}");
            }

            if (row.MoreChanges is { } more)
            {
                Console.WriteLine($"{PlaceOf(row)}... and {more} more changes");
            }
        }

        TellMore(ended.Changed, rows.Count);
        var created = ended.Created > 0 ? await RowsAsync(app, ended, RowResult.Created) : [];
        foreach (var reading in rows.Concat(created).SelectMany(row => row.ReadAs ?? []).Take(RowsShown))
        {
            Console.WriteLine(
                $"line {reading.Line}, {reading.Column}: '{reading.Cell}' was read as {reading.Value} ({reading.Reason})"
            );
        }

        static string Shown(JsonNode? value) => value?.ToJsonString(RegistryJson.Options) ?? "nothing";
    }

    private static async Task ShowLeftOutAsync(WebApplication app, ImportModel ended)
    {
        var rows = ended.LeftOut > 0 ? await RowsAsync(app, ended, RowResult.LeftOut) : [];
        foreach (var row in rows)
        {
            await Console.Error.WriteLineAsync(row.Note);
        }

        TellMore(ended.LeftOut, rows.Count);
    }

    private static async Task ShowRefusedAsync(WebApplication app, ImportModel ended)
    {
        var rows = ended.Refused > 0 ? await RowsAsync(app, ended, RowResult.Refused) : [];
        foreach (var row in rows)
        {
            Tell(PlaceOf(row), row.Problem);
        }

        TellMore(ended.Refused, rows.Count);
    }

    /// <summary>The first rows with a result.</summary>
    private static async Task<IReadOnlyList<ImportRowModel>> RowsAsync(
        WebApplication app,
        ImportModel ended,
        RowResult result
    )
    {
        var page = await app
            .Services.GetRequiredService<ImportStore>()
            .RowsAsync(
                ended.Id,
                new ListRequest
                {
                    Sort = "line",
                    Limit = RowsShown,
                    Filters = new ImportRowFilters { Import = ended.Id, Result = Words.Of(result) },
                },
                CancellationToken.None
            );
        return [.. page.Rows.Select(ImportRowModel.Of)];
    }

    private static string PlaceOf(ImportRowModel row) =>
        $"line {row.Line}{(row.Id is null ? "" : $", {row.Collection} {row.Id}")}: ";

    private static void TellMore(long all, int shown)
    {
        if (all > shown && shown > 0)
        {
            Console.Error.WriteLine($"... and {all - shown} more");
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

    /// <summary>The help of a command, followed by settings, exit codes and examples of the program.</summary>
    private sealed class Teaching(HelpAction usual) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            usual.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            if (parseResult.CommandResult.Command is RootCommand)
            {
                output.WriteLine(
                    """
                    Settings, as --name=value or --name value, anywhere; or in the environment, with __ for the colon:
                    """
                );
                foreach (var setting in Settings.All)
                {
                    output.WriteLine($"  {setting.Name, -27} {setting.Meaning} ({setting.Usual})");
                }

                output.WriteLine();
            }

            output.WriteLine(
                """
                Exit codes:
                  0  Done
                  1  Rows of an import were refused
                  2  The arguments, a setting or the file to import cannot be meant
                  3  Not done: the database, the address or a file is out of reach, or it was broken off
                  4  The database or a backup is damaged
                  5  Scripts of the schema have not run yet (migrate --check)

                Examples:
                  dotnet run --project Api
                  dotnet run --project Api -- --urls http://localhost:8080 --ConnectionStrings:Sqlite="Data Source=/srv/registry.db"
                  dotnet run --project Api -- import ../members.csv --collection memberships --dry-run
                  dotnet run --project Api -- export ../registry.ndjson
                  dotnet run --project Api -- backup ../registry-backup.db
                """
            );
            return ExitCodes.Done;
        }
    }
}
