using Registry.Domain;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Records;

/// <summary>An aggregate, with the current record from which it was read.</summary>
public sealed record Loaded<T>(T Aggregate, StoredRecord Stored)
{
    /// <summary>The version of the record.</summary>
    public int Version => Stored.Version;

    /// <summary>The record as JSON.</summary>
    public string Record => Stored.Record;
}

/// <summary>The result of a write: the current record, and whether it was created.</summary>
public sealed record Written(StoredRecord Stored, bool Created);

/// <summary>The result of a create-or-replace.</summary>
internal enum UpsertResult
{
    Created,
    Changed,

    /// <summary>The record already had the content.</summary>
    Unchanged,
}

/// <summary>The current record, and what the write did.</summary>
/// <param name="Stored">The record.</param>
/// <param name="Result">What the write did.</param>
/// <param name="Former">The former record, or null when it is new.</param>
internal sealed record Upserted(StoredRecord Stored, UpsertResult Result, string? Former = null);

/// <summary>The versions of a record that a caller is ready to change (RFC 9110, If-Match).</summary>
public sealed class ExpectedVersion
{
    /// <summary>The caller gave none.</summary>
    public static readonly ExpectedVersion Unsaid = new([]);

    /// <summary>Any version.</summary>
    public static readonly ExpectedVersion Any = new([]);

    /// <summary>No version: the record must not exist (If-None-Match: *).</summary>
    public static readonly ExpectedVersion None = new([]);

    private readonly IReadOnlyCollection<int> _versions;

    /// <summary>One of the given versions; none of them may be current.</summary>
    public ExpectedVersion(IReadOnlyCollection<int> versions) => _versions = versions;

    /// <summary>Refuses a change when the caller does not expect the current version.</summary>
    /// <exception cref="VersionUnsaidException">The caller gave no version.</exception>
    /// <exception cref="StaleVersionException">The current version is another one.</exception>
    public void Check(string noun, string id, int version)
    {
        if (this == Unsaid)
        {
            throw new VersionUnsaidException(noun, id, version);
        }

        CheckIfSaid(noun, id, version);
    }

    /// <summary>Refuses a change when the caller expects that the record does not exist.</summary>
    /// <exception cref="StaleVersionException">The caller gave If-None-Match: *.</exception>
    public void CheckPresent(string noun, string id)
    {
        if (this == None)
        {
            throw new StaleVersionException(noun, id);
        }
    }

    /// <summary>The same for steps, which add to a record and are safe without a version.</summary>
    /// <exception cref="StaleVersionException">
    /// The caller gave versions, and the current one is not among them.
    /// </exception>
    public void CheckIfSaid(string noun, string id, int version)
    {
        if (this != Unsaid && this != Any && !_versions.Contains(version))
        {
            throw new StaleVersionException(noun, id);
        }
    }

    /// <summary>Refuses a creation when the caller expects that the record exists.</summary>
    /// <exception cref="StaleVersionException">The caller gave a version.</exception>
    public void CheckAbsent(string noun, string id)
    {
        if (this != Unsaid && this != None)
        {
            throw new StaleVersionException(noun, id);
        }
    }
}
