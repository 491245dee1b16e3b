using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Registry.Infrastructure.Records;

/// <summary>Finds the store of a collection that is known only by its name.</summary>
public sealed class RecordStores(IServiceProvider services)
{
    private readonly ConcurrentDictionary<string, RecordStore> _byCollection = new(StringComparer.Ordinal);

    /// <summary>Gets the store of a collection.</summary>
    /// <exception cref="ArgumentException">The collection does not exist.</exception>
    public RecordStore Of(string collection) =>
        _byCollection.GetOrAdd(
            collection,
            name =>
                (RecordStore)
                    services.GetRequiredService(typeof(RecordStore<>).MakeGenericType(RecordKinds.Of(name).Model))
        );
}
