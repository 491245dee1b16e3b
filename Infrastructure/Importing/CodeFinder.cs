using System.Text.Json;
using System.Text.RegularExpressions;
using Registry.Domain;
using Registry.Domain.States;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Search;
using Registry.Infrastructure.Tables;

namespace Registry.Infrastructure.Importing;

/// <summary>
/// Finds the records to which the cells of one import refer: by code, by the ISO 3166-1 alpha-2 code of a state, or by
/// an unambiguous name. Each text is looked up once.
/// </summary>
internal sealed partial class CodeFinder(
    RegistryDatabase database,
    MatchReads matches,
    TimeProvider clock,
    CancellationToken cancellationToken
)
{
    private const string States = "states";
    private const string Forums = "forums";
    private const int MaxCandidates = 3;
    private const int MaxCached = 50_000;
    private const int MaxNameLength = 300;

    private readonly Dictionary<(string Collections, string Text), CodeAnswer> _found = [];
    private Dictionary<string, HashSet<string>>? _codes;
    private Dictionary<string, string> _alpha2 = [];

    /// <summary>Finds the record of a cell.</summary>
    public async ValueTask<CodeAnswer> FindAsync(CodeQuestion question)
    {
        var key = (string.Join(' ', question.Collections), question.Text);
        if (!_found.TryGetValue(key, out var answer))
        {
            if (_found.Count >= MaxCached)
            {
                _found.Clear();
            }

            _found[key] = answer = await LookUpAsync(question);
        }

        return answer;
    }

    private async Task<CodeAnswer> LookUpAsync(CodeQuestion question)
    {
        var (collections, text) = (question.Collections, question.Text);
        if (collections is ["ministers"])
        {
            return Regex.IsMatch(text, Slug.Pattern) ? new("ministers", text)
                : await MatchAsync(question) is { } minister ? minister
                : new("ministers", text);
        }

        _codes ??= await CodesAsync();
        var code = text.ToUpperInvariant();
        foreach (var collection in collections)
        {
            if (_codes.TryGetValue(collection, out var held) && held.Contains(code))
            {
                return new(collection, code);
            }
        }

        if (collections.Contains(States) && _alpha2.TryGetValue(text, out var state))
        {
            return new(States, state, "ISO 3166-1 alpha-2");
        }

        var unknown = new CodeAnswer(
            collections is [var only] ? only
                : StateLike().IsMatch(code) ? States
                : Forums,
            StateLike().IsMatch(code) || ForumLike().IsMatch(code) ? code : text
        );

        // A text that a later row of the same file may define is not matched with another record.
        return question.IsAmongOthers && unknown.Code == code ? unknown : await MatchAsync(question) ?? unknown;
    }

    /// <summary>
    /// Finds the one record that certainly has the name, or the reason why there is none; null when no record has such
    /// a name.
    /// </summary>
    private async Task<CodeAnswer?> MatchAsync(CodeQuestion question)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var candidates =
            question.Text.Length > MaxNameLength
                ? []
                : (
                    await matches.MatchAsync(
                        [
                            new MatchQuestion
                            {
                                Name = question.Text,
                                Collections = question.Collections,
                                Limit = MaxCandidates,
                            },
                        ],
                        today,
                        null,
                        cancellationToken
                    )
                )[0];
        if (candidates.Count == 0)
        {
            return null;
        }

        if (candidates[0] is { Match: true } sure)
        {
            var reasons = sure.Reasons.Count > 0 ? $": {string.Join(", ", sure.Reasons)}" : "";
            return new(sure.Hit.Collection, sure.Hit.Id, $"name of {sure.Hit.Display}{reasons}");
        }

        var meant = string.Join(", ", candidates.Select(candidate => $"{candidate.Hit.Id} ({candidate.Hit.Display})"));
        return new(
            question.Collections[0],
            question.Text,
            Refusal: $"'{question.Text}' is no code on record and no name that leaves no doubt. It may be {meant}: write the code."
        );
    }

    private async Task<Dictionary<string, HashSet<string>>> CodesAsync()
    {
        var (states, forums) = await database.ReadAsync(
            async connection =>
                (
                    await connection.RowsAsync<CodeRow>(ImportSql.StateCodes),
                    await connection.RowsAsync<CodeRow>(ImportSql.ForumCodes)
                ),
            cancellationToken
        );
        _alpha2 = new(StringComparer.Ordinal);
        foreach (var state in states)
        {
            using var record = JsonDocument.Parse(state.Record!);
            if (record.RootElement.TryGetProperty("alpha2", out var alpha2))
            {
                // A former state may have had the code of a current one.
                var isGone =
                    record.RootElement.TryGetProperty("existence", out var existence)
                    && (existence.TryGetProperty("until", out _) || existence.TryGetProperty("ended", out _));
                if (!isGone || !_alpha2.ContainsKey(alpha2.GetString()!))
                {
                    _alpha2[alpha2.GetString()!] = state.Code;
                }
            }
        }

        return new(StringComparer.Ordinal)
        {
            [States] = states.Select(row => row.Code).ToHashSet(StringComparer.Ordinal),
            [Forums] = forums.Select(row => row.Code).ToHashSet(StringComparer.Ordinal),
        };
    }

    [GeneratedRegex(StateCode.Pattern)]
    private static partial Regex StateLike();

    [GeneratedRegex(Domain.Forums.ForumCode.Pattern)]
    private static partial Regex ForumLike();

    private sealed record CodeRow
    {
        public string Code { get; init; } = "";

        public string? Record { get; init; }
    }
}
