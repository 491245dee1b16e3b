using Registry.Domain;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Records.Mapping;

/// <summary>The statements on a table of predecessors.</summary>
internal sealed class LineageTable(string table, string codeColumn)
{
    public string All => $"SELECT {codeColumn} AS Code, PredecessorCode FROM {table}";

    public string Predecessors => $"SELECT PredecessorCode FROM {table} WHERE {codeColumn} = @Code";

    public string Successors => $"SELECT {codeColumn} FROM {table} WHERE PredecessorCode = @Code";

    /// <exception cref="RuleBrokenException">
    /// A predecessor does not exist, or the lineage would form a cycle.
    /// </exception>
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
                    $"The predecessor does not exist: there is no {kind.Noun} '{predecessor}'."
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

    /// <summary>The predecessors that were added or removed.</summary>
    public static IEnumerable<string> Changed(IReadOnlyCollection<string> before, IReadOnlyCollection<string> after) =>
        before.Except(after).Concat(after.Except(before));

    private sealed record LineageRow
    {
        public string Code { get; init; } = "";
        public string PredecessorCode { get; init; } = "";
    }
}
