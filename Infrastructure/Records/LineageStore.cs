using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Records;

/// <summary>A store of records with predecessors and successors.</summary>
/// <remarks>
/// Clients give the predecessors; the registry writes the successors into the records of those, in the same
/// transaction.
/// </remarks>
public abstract class LineageStore<T, TModel> : RecordStore<T, TModel>
    where T : class
    where TModel : RecordModel
{
    private readonly RecordKind _kind;
    private readonly LineageTable _lineage;

    private protected LineageStore(RecordKind kind, LineageTable lineage)
        : base(kind) => (_kind, _lineage) = (kind, lineage);

    private protected abstract IReadOnlyList<string> PredecessorsOf(T aggregate);

    private protected abstract void Succeed(T predecessor, IEnumerable<string> successors);

    private protected override Task RefuseBrokenRulesAsync(WriteSession session, T aggregate) =>
        _lineage.RefuseBrokenAsync(session, _kind, IdOf(aggregate), PredecessorsOf(aggregate));

    private protected override Task<IReadOnlyList<string>> LinkedAsync(WriteSession session, string id) =>
        _lineage.PredecessorsAsync(session, id);

    private protected override async Task AfterAsync(
        WriteSession session,
        T? aggregate,
        IReadOnlyList<string> linkedBefore
    )
    {
        var linkedNow = aggregate is null ? [] : PredecessorsOf(aggregate);
        foreach (var code in LineageTable.Changed(linkedBefore, linkedNow))
        {
            var predecessor = await GetAsync(session, code);
            Succeed(predecessor.Aggregate, await _lineage.SuccessorsAsync(session, code));
            await RewriteAsync(session, predecessor);
        }
    }
}
