using Registry.Domain;

namespace Registry.Infrastructure.Records;

/// <summary>The statements over a table of predecessors.</summary>
internal sealed class LineageTable(string table, string codeColumn)
{
    public string All => $"SELECT {codeColumn} AS Code, PredecessorCode FROM {table}";

    public string Predecessors => $"SELECT PredecessorCode FROM {table} WHERE {codeColumn} = @Code";

    public string Successors => $"SELECT {codeColumn} FROM {table} WHERE PredecessorCode = @Code";

    /// <exception cref="RuleBrokenException">A predecessor is unknown, or the lineage would close a circle.</exception>
    public async Task RefuseBrokenAsync(
        WriteSession session,
        RecordKind kind,
        string code,
        IReadOnlyCollection<string> predecessors
    )
    {
        if (predecessors.Count == 0)
        {
            return;
        }

        foreach (var predecessor in predecessors)
        {
            if (await session.FindAsync(kind, predecessor) is null)
            {
                throw new RuleBrokenException(
                    "unknown-reference",
                    $"There is no {kind.Noun} '{predecessor}' to be a predecessor."
                );
            }
        }

        var known = await session.QueryAsync<LineageRow>(All);
        Lineage.RefuseCircle(code, predecessors, known.ToLookup(row => row.Code, row => row.PredecessorCode));
    }

    public Task<IReadOnlyList<string>> PredecessorsAsync(WriteSession session, string code) =>
        session.QueryAsync<string>(Predecessors, new { Code = code });

    public Task<IReadOnlyList<string>> SuccessorsAsync(WriteSession session, string code) =>
        session.QueryAsync<string>(Successors, new { Code = code });

    /// <summary>Those that were named before and are not now, and the other way round.</summary>
    public static IEnumerable<string> Changed(IReadOnlyCollection<string> before, IReadOnlyCollection<string> after) =>
        before.Except(after).Concat(after.Except(before));

    private sealed record LineageRow
    {
        public string Code { get; init; } = "";
        public string PredecessorCode { get; init; } = "";
    }
}
