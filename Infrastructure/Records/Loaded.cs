using Registry.Domain;

namespace Registry.Infrastructure.Records;

/// <summary>An aggregate, with the record on file that it was read from.</summary>
public sealed record Loaded<T>(T Aggregate, StoredRecord Stored)
{
    /// <summary>The version of the record.</summary>
    public int Version => Stored.Version;

    /// <summary>The record as JSON.</summary>
    public string Record => Stored.Record;
}

/// <summary>What a write did: the record as it stands, and whether it was not on file before.</summary>
public sealed record Written(StoredRecord Stored, bool Created);

/// <summary>What came of putting a record on file.</summary>
internal enum UpsertResult
{
    Created,
    Changed,

    /// <summary>It says already what it was to say.</summary>
    Unchanged,
}

/// <summary>The record as it stands, and what was done to make it so.</summary>
/// <param name="Stored">The record.</param>
/// <param name="Result">What was done.</param>
/// <param name="Former">The record as it stood before; null where it is new.</param>
internal sealed record Upserted(StoredRecord Stored, UpsertResult Result, string? Former = null);

/// <summary>Which versions of a record a caller is ready to change (RFC 9110, If-Match).</summary>
public sealed class ExpectedVersion
{
    /// <summary>The caller did not say.</summary>
    public static readonly ExpectedVersion Unsaid = new([]);

    /// <summary>Whatever is there.</summary>
    public static readonly ExpectedVersion Any = new([]);

    /// <summary>None: the record is to be new (If-None-Match: *).</summary>
    public static readonly ExpectedVersion None = new([]);

    private readonly IReadOnlyCollection<int> _versions;

    /// <summary>One of the versions given; none of them may be on file.</summary>
    public ExpectedVersion(IReadOnlyCollection<int> versions) => _versions = versions;

    /// <summary>Holds a change back that the caller did not mean for the version on file.</summary>
    /// <exception cref="VersionUnsaidException">The caller did not say which version it means.</exception>
    /// <exception cref="StaleVersionException">The record has another version.</exception>
    public void Check(string noun, string id, int version)
    {
        if (this == Unsaid)
        {
            throw new VersionUnsaidException(noun, id, version);
        }

        CheckIfSaid(noun, id, version);
    }

    /// <summary>Holds a change back that the caller meant for a record that is not there yet.</summary>
    /// <exception cref="StaleVersionException">The caller said so (If-None-Match: *).</exception>
    public void CheckPresent(string noun, string id)
    {
        if (this == None)
        {
            throw new StaleVersionException(noun, id);
        }
    }

    /// <summary>The same for steps that add to a record and are safe without naming a version.</summary>
    /// <exception cref="StaleVersionException">The caller named versions, and the record has another one.</exception>
    public void CheckIfSaid(string noun, string id, int version)
    {
        if (this != Unsaid && this != Any && !_versions.Contains(version))
        {
            throw new StaleVersionException(noun, id);
        }
    }

    /// <summary>Holds a creation back where the caller expected a record to be there.</summary>
    /// <exception cref="StaleVersionException">The caller named a version.</exception>
    public void CheckAbsent(string noun, string id)
    {
        if (this != Unsaid && this != None)
        {
            throw new StaleVersionException(noun, id);
        }
    }
}
