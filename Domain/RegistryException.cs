namespace Registry.Domain;

/// <summary>
/// A refusal the caller can understand and act on. Anything else that is thrown is a defect.
/// </summary>
public abstract class RegistryException(string code, string message) : Exception(message)
{
    /// <summary>The name of the problem type a client receives; part of the public contract.</summary>
    public string Code { get; } = code;
}

/// <summary>The caller named something the registry does not hold.</summary>
public sealed class NotFoundException(string kind, string key)
    : RegistryException("not-found", $"There is no {kind} '{key}'.")
{
    /// <summary>What it would be: <c>state</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The id that was asked for.</summary>
    public string Key { get; } = key;
}

/// <summary>The caller named something the registry held once and can restore, or that was merged into another record.</summary>
public sealed class GoneException(string kind, string key)
    : RegistryException("gone", $"The {kind} '{key}' was deleted.")
{
    /// <summary>What it was: <c>minister</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The id.</summary>
    public string Key { get; } = key;
}

/// <summary>The request is well formed, but the registry's present state forbids it.</summary>
public sealed class RuleBrokenException(string code, string message) : RegistryException(code, message);

/// <summary>A value that nothing in the world can have, whatever the registry's state.</summary>
public sealed class IllegalValueException(string field, string message) : RegistryException("invalid-request", message)
{
    /// <summary>The member at fault, as a client spells it.</summary>
    public string Field { get; } = field;
}

/// <summary>The caller changed a version of a record that is no longer the current one.</summary>
public sealed class StaleVersionException(string kind, string key)
    : RegistryException(
        "stale-version",
        $"The {kind} '{key}' was changed since the version named in If-Match; read it again."
    );

/// <summary>The caller would change a record without saying which version it has seen.</summary>
/// <param name="kind">What it is: <c>minister</c>.</param>
/// <param name="key">The id.</param>
/// <param name="version">The current version.</param>
public sealed class VersionUnsaidException(string kind, string key, int version)
    : RegistryException(
        "version-required",
        $"Name the version of the {kind} '{key}' you have read in If-Match; the present one is \"{version}\"."
    )
{
    /// <summary>The current version.</summary>
    public int Version { get; } = version;
}

/// <summary>The database cannot serve the request now; the same request may succeed in a moment.</summary>
public class BusyException : RegistryException
{
    /// <param name="cause">What the database said.</param>
    public BusyException(Exception? cause)
        : this("busy", "The database is busy or cannot be reached. Try again in a moment.", cause) { }

    private protected BusyException(string code, string message, Exception? cause)
        : base(code, message) => Cause = cause;

    /// <summary>What the database said, for the log; never shown to the caller.</summary>
    public Exception? Cause { get; }

    /// <summary>After how many seconds it is worth to ask again.</summary>
    public virtual int RetryAfterSeconds => 1;
}

/// <summary>There is no room on the disk for what is to be written; what is there can be read.</summary>
/// <param name="cause">What the database said.</param>
public sealed class StorageFullException(Exception? cause)
    : BusyException("insufficient-storage", "The disk of the database is full. Reads are still served.", cause)
{
    /// <inheritdoc/>
    public override int RetryAfterSeconds => 30;
}

/// <summary>
/// The database file is damaged. Nothing is written to it any more, so that as much as possible can be saved from it.
/// </summary>
/// <param name="damage">What is wrong with the file.</param>
/// <param name="cause">What the database said.</param>
public sealed class DamagedException(string damage, Exception? cause)
    : BusyException(
        "database-damaged",
        $"The database file is damaged ({damage}). Nothing is written until the program is restarted on an intact copy.",
        cause
    )
{
    /// <inheritdoc/>
    public override int RetryAfterSeconds => 60;
}
