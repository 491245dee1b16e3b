using Registry.Domain.Provenance;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Records;

/// <summary>The stores of the collections that claims are about, for those who know a record only by its collection.</summary>
public sealed class RecordStores
{
    private readonly Dictionary<string, RecordStore> _byCollection;

    internal RecordStores(params IEnumerable<RecordStore> stores) =>
        _byCollection = stores.ToDictionary(store => store.Holds.Collection, StringComparer.Ordinal);

    /// <summary>The store of a collection; null where claims are not about its records.</summary>
    internal RecordStore? Find(string collection) => _byCollection.GetValueOrDefault(collection);

    /// <summary>The store of a collection.</summary>
    public RecordStore Of(ClaimedRecords collection) => _byCollection[Words.Of(collection)];
}
