using System.CommandLine;
using System.Globalization;
using Registry.Api.Access;
using Registry.Infrastructure.Backups;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Verification;

namespace Registry.Api.Startup;

/// <summary>The commands <c>backup</c>, <c>restore</c> and <c>verify</c>.</summary>
/// <param name="app">The program.</param>
internal sealed class BackupCommands(Func<WebApplication> app)
{
    private const int FindingsShown = 100;

    private readonly Argument<string> _backupFile = new("FILE") { Description = "Where to write the backup" };

    private readonly Argument<string> _restoredFile = new("FILE") { Description = "The backup to restore" };

    private readonly Argument<string?> _verifiedFile = new("FILE")
    {
        Description = "An SQLite file, such as a backup; the database of the settings when it is left out",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _replaceBackup = new("--force") { Description = "Replace FILE when it exists" };

    private readonly Option<bool> _replaceDatabase = new("--force")
    {
        Description = "Replace the database when it exists; it is kept aside, under another name",
    };

    /// <summary>Makes the command that writes a backup.</summary>
    public Command NewBackup()
    {
        var command = new Command("backup", "Write a verified copy of the SQLite database, also while it is served")
        {
            _backupFile,
            _replaceBackup,
        };
        command.SetAction(
            (words, stopping) =>
                TellAsync(() =>
                    BackUpAsync(words.GetRequiredValue(_backupFile), words.GetValue(_replaceBackup), stopping)
                )
        );
        return command;
    }

    /// <summary>Makes the command that restores a backup.</summary>
    public Command NewRestore()
    {
        var command = new Command("restore", "Put a backup in the place of the SQLite database, which nobody may use")
        {
            _restoredFile,
            _replaceDatabase,
        };
        command.SetAction(
            (words, stopping) =>
                TellAsync(() =>
                    RestoreAsync(words.GetRequiredValue(_restoredFile), words.GetValue(_replaceDatabase), stopping)
                )
        );
        return command;
    }

    /// <summary>Makes the command that verifies a database or a backup.</summary>
    public Command NewVerify()
    {
        var command = new Command("verify", "Look for damage in the database or in a backup, and change nothing")
        {
            _verifiedFile,
        };
        command.SetAction((words, stopping) => TellAsync(() => VerifyAsync(words.GetValue(_verifiedFile), stopping)));
        return command;
    }

    private RegistryDatabase Database => app().Services.GetRequiredService<RegistryDatabase>();

    private async Task<int> BackUpAsync(string file, bool replace, CancellationToken stopping)
    {
        var backup = await app()
            .Services.GetRequiredService<BackupWriter>()
            .WriteAsync(Database, file, replace, stopping);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Wrote {backup.Path}: {backup.Bytes:N0} bytes, {Counted(backup.Verification)}."
            )
        );
        TellNote(backup.Verification);
        await Console.Error.WriteLineAsync(
            SecretKeys.FileOf(Database) is { } key
                ? $"The key of the secrets in it is not in the backup. Keep a copy of {key} at another place."
                : "The key of the secrets in it (Secrets:Key) is not in the backup. Keep a copy of it at another place."
        );
        return ExitCodes.Done;
    }

    private async Task<int> RestoreAsync(string file, bool replace, CancellationToken stopping)
    {
        var restored = await app()
            .Services.GetRequiredService<Restoration>()
            .RestoreAsync(Database, file, replace, stopping);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"Restored {restored.Path}: {Counted(restored.Verification)}.")
        );
        TellNote(restored.Verification);
        if (restored.Former is { } former)
        {
            Console.WriteLine($"The former database is kept as {former}.");
        }

        if (SecretKeys.FileOf(Database) is null && !SecretKeys.AreConfigured(app().Configuration))
        {
            await Console.Error.WriteLineAsync(
                $"There is no key for the secrets in it. Put the key of the backed up registry into {SecretKeys.PathOf(restored.Path)}, "
                    + "or into the setting Secrets:Key, before the program starts."
            );
        }

        return ExitCodes.Done;
    }

    private async Task<int> VerifyAsync(string? file, CancellationToken stopping)
    {
        var path = file ?? Database.File;
        if (path is not null && !File.Exists(path))
        {
            throw new BackupRefusedException($"There is no file {Path.GetFullPath(path)}.");
        }

        var verifier = app().Services.GetRequiredService<Verifier>();
        var verification = path is null
            ? await verifier.VerifyAsync(Database, stopping)
            : await verifier.VerifyAsync(path, stopping);
        TellNote(verification);
        if (!verification.IsSound)
        {
            TellFindings(verification);
            return ExitCodes.Damaged;
        }

        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"No damage was found: {Counted(verification)}.")
        );
        return ExitCodes.Done;
    }

    private static async Task<int> TellAsync(Func<Task<int>> command)
    {
        try
        {
            // SQLite works on the thread that calls it, and this one hears of an interruption.
            return await Task.Run(command);
        }
        catch (BackupRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return ExitCodes.NotDone;
        }
        catch (BackupDamagedException damaged)
        {
            await Console.Error.WriteLineAsync(damaged.Message);
            TellFindings(damaged.Verification);
            return ExitCodes.Damaged;
        }
    }

    private static string Counted(VerificationResult verification) =>
        verification.Note is not null
            ? "records not verified"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{verification.Changes:N0} changes, {verification.Records:N0} records"
            );

    private static void TellNote(VerificationResult verification)
    {
        if (verification.Note is { } note)
        {
            Console.Error.WriteLine(note);
        }
    }

    private static void TellFindings(VerificationResult verification)
    {
        foreach (var finding in verification.Findings.Take(FindingsShown))
        {
            Console.Error.WriteLine(finding);
        }

        if (verification.Findings.Count > FindingsShown)
        {
            Console.Error.WriteLine($"... and {verification.Findings.Count - FindingsShown} more");
        }
    }
}
