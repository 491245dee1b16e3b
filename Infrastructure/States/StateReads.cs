using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.States;

/// <summary>Reads states.</summary>
public sealed class StateReads(RegistryDatabase database)
    : RecordReads<StateModel>(database, StateStore.Kind, StateSql.List)
{
    /// <summary>
    /// Gets the code of the state with an identifier: two letters are ISO 3166-1 alpha-2, three digits are UN M49, and
    /// anything else is an identifier in another system, such as Wikidata.
    /// </summary>
    /// <returns>
    /// Null when no state has it, or several have. Of the states that share a code, a current one precedes a former
    /// one.
    /// </returns>
    public Task<string?> CodeOfAsync(string identifier, CancellationToken cancellationToken) =>
        Database.ReadAsync(
            async connection =>
            {
                var capitals = identifier.ToUpperInvariant();
                var scheme =
                    capitals.Length == 2 && capitals.All(char.IsAsciiLetterUpper) ? StateStore.Alpha2
                    : capitals.Length == 3 && capitals.All(char.IsAsciiDigit) ? StateStore.M49
                    : null;
                var known = await connection.RowsAsync<KnownState>(
                    scheme is null ? StateSql.OfIdentifier : StateSql.OfCode,
                    new
                    {
                        Value = identifier,
                        Capitals = capitals,
                        Scheme = scheme,
                    }
                );
                string[] existing = [.. known.Where(state => state.Exists).Select(state => state.Code)];
                return existing is [var present] ? present
                    : known is [var single] ? single.Code
                    : null;
            },
            cancellationToken
        );

    private sealed record KnownState
    {
        public string Code { get; init; } = "";

        public DateOnly UntilLatest { get; init; }

        public bool Exists => UntilLatest == DateOnly.MaxValue;
    }
}
