using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Registry.Domain;
using Registry.Domain.Access;
using Registry.Domain.Forums;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Keys;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Startup;

/// <summary>
/// The command <c>keys</c>, for those who have the machine: it needs no key, so it also helps where the last key is lost.
/// </summary>
/// <param name="app">The program.</param>
internal sealed class KeyCommands(Func<WebApplication> app)
{
    private const string Actor = "command line";

    private readonly Argument<string> _label = new("LABEL")
    {
        Description = "The holder of the key, which the history shows as the actor",
    };

    private readonly Argument<string> _id = new("ID") { Description = "The id of the key, as list shows it" };

    private readonly Option<string?> _role = new("--role")
    {
        Description = "The role: reader, editor (the default) or admin",
        HelpName = "ROLE",
    };

    private readonly Option<string?> _owner = new("--owner")
    {
        Description = "The person or department that answers for the key",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _forums = new("--forum")
    {
        Description = "A forum whose records an editor may write; may be repeated; all without it",
        HelpName = "CODE",
    };

    private readonly Option<string[]> _collections = new("--collection")
    {
        Description = "A collection that an editor may write; may be repeated; all without it",
        HelpName = "NAME",
    };

    private readonly Option<string?> _tier = new Option<string?>("--tier")
    {
        Description = "The quota tier: standard, high or unlimited",
        HelpName = "TIER",
    }.AcceptOnlyFromAmong([.. Enum.GetValues<QuotaTier>().Select(Words.Of)]);

    private readonly Option<int?> _days = new("--days")
    {
        Description = "The number of days after which the key expires; never without it",
        HelpName = "NUMBER",
    };

    private readonly Option<int> _overlap = new("--overlap-hours")
    {
        Description = "The number of hours for which the former key is accepted too",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => KeyRotationModel.UsualOverlap,
    };

    /// <summary>Makes the command with its subcommands.</summary>
    public Command NewCommand()
    {
        var list = new Command("list", "List the keys");
        list.SetAction((_, stopping) => ListAsync(stopping));

        var create = new Command("create", "Create a key, and write it to the console, this once")
        {
            _label,
            _role,
            _owner,
            _forums,
            _collections,
            _tier,
            _days,
        };
        _role.AcceptOnlyFromAmong([.. Words.All(typeof(Role))]);
        _collections.AcceptOnlyFromAmong([.. RecordKinds.Collections]);
        create.Validators.Add(result =>
        {
            if (result.GetValue(_forums)?.FirstOrDefault(forum => !ForumCode.IsCode(forum)) is { } wrong)
            {
                result.AddError($"'{wrong}' is no code of a forum");
            }

            if (
                result.GetValue(_role) is { } role
                && role != Words.Of(Role.Editor)
                && (result.GetValue(_forums) is { Length: > 0 } || result.GetValue(_collections) is { Length: > 0 })
            )
            {
                result.AddError("--forum and --collection are available only with --role editor");
            }

            if (result.GetValue(_days) is < 1 or > 36_500)
            {
                result.AddError("--days is a number from 1 to 36500");
            }
        });
        create.SetAction(CreateAsync);

        var rotate = new Command("rotate", "Give a key a new secret, and write it to the console, this once")
        {
            _id,
            _overlap,
        };
        rotate.Validators.Add(result =>
        {
            if (result.GetValue(_overlap) is < 0 or > 720)
            {
                result.AddError("--overlap-hours is a number from 0 to 720");
            }
        });
        rotate.SetAction(
            (words, stopping) =>
                ChangeAsync(
                    (keys, audit) =>
                        keys.RotateAsync(
                            words.GetRequiredValue(_id),
                            ExpectedVersion.Unsaid,
                            TimeSpan.FromHours(words.GetValue(_overlap)),
                            audit,
                            null,
                            stopping
                        )
                )
        );

        var revoke = new Command("revoke", "Revoke a key, for ever") { _id };
        revoke.SetAction(
            (words, stopping) =>
                ChangeAsync(
                    (keys, audit) =>
                        keys.RevokeAsync(words.GetRequiredValue(_id), ExpectedVersion.Unsaid, audit, null, stopping)
                )
        );

        var command = new Command("keys", "List, create, rotate and revoke API keys");
        foreach (var each in new[] { list, create, rotate, revoke })
        {
            command.Subcommands.Add(each);
        }

        return command;
    }

    private static Role RoleOf(string? word) => word is null ? Role.Editor : Words.Read<Role>(word);

    private async Task<int> ListAsync(CancellationToken stopping)
    {
        await app().MigrateAsync();
        var (keys, clock) = (
            app().Services.GetRequiredService<ApiKeyStore>(),
            app().Services.GetRequiredService<TimeProvider>()
        );
        string? after = null;
        do
        {
            var page = await keys.ListAsync(
                new ListRequest
                {
                    Sort = "id",
                    Limit = 200,
                    After = after is null ? null : (after, after),
                    Filters = new ApiKeyFilters(),
                },
                stopping
            );
            foreach (var key in page.Rows.Select(row => row.ToModel(clock.GetUtcNow())))
            {
                Console.WriteLine(LineOf(key));
            }

            after = page.Last?.Id;
        } while (after is not null);

        return ExitCodes.Done;
    }

    private static string LineOf(ApiKeyModel key)
    {
        var scope = string.Join(' ', (key.Forums ?? []).Concat(key.Collections ?? []));
        var expires = key.Expires is { } at
            ? $", expires {at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}"
            : "";
        var tier = key.Tier is { } quotas ? $", quotas {Words.Of(quotas)}" : "";
        return $"{key.Id, -24} {Words.Of(key.Role!.Value), -7} {Words.Of(key.Status!.Value), -8} {key.Label}"
            + $"{(scope.Length == 0 ? "" : $" ({scope})")}{tier}{expires}";
    }

    private Task<int> CreateAsync(ParseResult words, CancellationToken stopping)
    {
        var document = new ApiKeyModel
        {
            Label = words.GetRequiredValue(_label),
            Owner = words.GetValue(_owner),
            Role = RoleOf(words.GetValue(_role)),
            Forums = words.GetValue(_forums) is { Length: > 0 } forums ? forums : null,
            Collections = words.GetValue(_collections) is { Length: > 0 } collections ? collections : null,
            Tier = words.GetValue(_tier) is { } tier ? Words.Read<QuotaTier>(tier) : null,
            Expires = words.GetValue(_days) is { } days
                ? app().Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(days)
                : null,
        };
        return ChangeAsync((keys, audit) => keys.CreateAsync(document, audit, null, stopping));
    }

    private async Task<int> ChangeAsync(Func<ApiKeyStore, AuditLog, Task<StoredRecord>> change)
    {
        await app().MigrateAsync();
        await using var scope = app().Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Author>().Name = Actor;
        try
        {
            var stored = await change(
                scope.ServiceProvider.GetRequiredService<ApiKeyStore>(),
                scope.ServiceProvider.GetRequiredService<AuditLog>()
            );
            await Console.Error.WriteLineAsync($"The key has the id {stored.Id}.");
            if (JsonNode.Parse(stored.Record)!["key"] is { } key)
            {
                // Alone on the standard output, so that a script can take it from there.
                Console.WriteLine(key.GetValue<string>());
            }

            return ExitCodes.Done;
        }
        catch (RegistryException refusal) when (refusal is not BusyException)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return ExitCodes.NotDone;
        }
    }
}
