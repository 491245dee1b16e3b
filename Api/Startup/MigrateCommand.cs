using System.CommandLine;
using Registry.Infrastructure.Engine.Startup;

namespace Registry.Api.Startup;

/// <summary>The command <c>migrate</c>, for a login that may change the schema.</summary>
/// <param name="app">The program.</param>
internal sealed class MigrateCommand(Func<WebApplication> app)
{
    private readonly Option<bool> _check = new("--check")
    {
        Description =
            "Name the scripts that have not run yet, and change nothing; the exit code is 5 when there are some",
    };

    private readonly Option<bool> _script = new("--script")
    {
        Description = "Write the text of these scripts to the console, and change nothing",
    };

    private readonly Option<bool> _apply = new("--apply")
    {
        Description = "Run these scripts; so does the command without options",
    };

    /// <summary>Makes the command.</summary>
    public Command NewCommand()
    {
        var command = new Command("migrate", "Bring the schema of the database up to date, and change no records")
        {
            _check,
            _script,
            _apply,
        };
        command.Validators.Add(words =>
        {
            if (new[] { _check, _script, _apply }.Count(option => words.GetValue(option)) > 1)
            {
                words.AddError("Only one of --check, --script and --apply can be given.");
            }
        });
        command.SetAction(words =>
            words.GetValue(_check) ? Task.FromResult(Check())
            : words.GetValue(_script) ? Task.FromResult(Script())
            : ApplyAsync()
        );
        return command;
    }

    private Migrator Migrator => app().Services.GetRequiredService<Migrator>();

    private int Check()
    {
        app().Services.GetRequiredService<FileExamination>().RefuseDamaged();
        var pending = Migrator.Pending();
        foreach (var (name, _) in pending)
        {
            Console.WriteLine(name);
        }

        return pending.Count > 0 ? ExitCodes.Pending : ExitCodes.Done;
    }

    private int Script()
    {
        app().Services.GetRequiredService<FileExamination>().RefuseDamaged();
        Console.Write(Migrator.ScriptPending());
        return ExitCodes.Done;
    }

    private async Task<int> ApplyAsync()
    {
        var before = Migrator.Pending();
        await app().MigrateAsync(mayMigrate: true);
        Console.WriteLine(
            before.Count == 0
                ? "The schema is up to date."
                : $"{before.Count} scripts have run. The schema is up to date."
        );
        return ExitCodes.Done;
    }
}
