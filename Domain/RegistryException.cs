namespace Registry.Domain;

/// <summary>A refusal that the caller can understand and act on. Any other exception is a defect.</summary>
public abstract class RegistryException(string code, string message) : Exception(message)
{
    /// <summary>The code of the problem type; part of the public contract.</summary>
    public string Code { get; } = code;
}

/// <summary>The record does not exist.</summary>
public sealed class NotFoundException(string kind, string key)
    : RegistryException("not-found", $"There is no {kind} '{key}'.")
{
    /// <summary>The kind: <c>state</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The requested id.</summary>
    public string Key { get; } = key;
}

/// <summary>The record was deleted and can be restored, or was merged into another one.</summary>
public sealed class GoneException(string kind, string key)
    : RegistryException("gone", $"The {kind} '{key}' was deleted.")
{
    /// <summary>The kind: <c>minister</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The id.</summary>
    public string Key { get; } = key;
}

/// <summary>The caller is known, but may not do this.</summary>
public sealed class ForbiddenException(string message) : RegistryException("forbidden", message);

/// <summary>The request is valid, but the current records forbid it.</summary>
public sealed class RuleBrokenException(string code, string message) : RegistryException(code, message);

/// <summary>A value that is invalid whatever the records are.</summary>
public sealed class IllegalValueException(string field, string message) : RegistryException("invalid-request", message)
{
    /// <summary>The field at fault, as in the contract.</summary>
    public string Field { get; } = field;
}

/// <summary>The caller gave a version of a record that is no longer the current one.</summary>
public sealed class StaleVersionException(string kind, string key)
    : RegistryException(
        "stale-version",
        $"The {kind} '{key}' was changed since the version named in If-Match; read it again."
    );

/// <summary>The caller gave no version of the record to change.</summary>
/// <param name="kind">The kind: <c>minister</c>.</param>
/// <param name="key">The id.</param>
/// <param name="version">The current version.</param>
public sealed class VersionUnsaidException(string kind, string key, int version)
    : RegistryException(
        "version-required",
        $"Give the version of the {kind} '{key}' that you have read in If-Match; the current one is \"{version}\"."
    )
{
    /// <summary>The current version.</summary>
    public int Version { get; } = version;
}

/// <summary>The database is not available now; the same request may succeed later.</summary>
public class BusyException : RegistryException
{
    /// <param name="cause">The error of the database.</param>
    public BusyException(Exception? cause)
        : this("busy", "The database is busy or not available. Try again in a moment.", cause) { }

    private protected BusyException(string code, string message, Exception? cause)
        : base(code, message) => Cause = cause;

    /// <summary>The error of the database, for the log; never shown to the caller.</summary>
    public Exception? Cause { get; }

    /// <summary>The number of seconds after which to retry.</summary>
    public virtual int RetryAfterSeconds => 1;
}

/// <summary>A read took longer than it may.</summary>
/// <param name="limit">The limit.</param>
/// <param name="cause">The error of the database.</param>
public sealed class TimeLimitException(TimeSpan limit, Exception? cause)
    : BusyException(
        "time-limit",
        $"The read took more than {limit.TotalSeconds:0.#} s and was ended. Ask for less at once, with filters or pages.",
        cause
    )
{
    /// <inheritdoc/>
    public override int RetryAfterSeconds => 10;
}

/// <summary>The disk is full: writes fail, and reads are still served.</summary>
/// <param name="cause">The error of the database or of the file.</param>
public sealed class StorageFullException(Exception? cause)
    : BusyException(
        "insufficient-storage",
        "The disk of the database or of its temporary files is full. Reads are still served.",
        cause
    )
{
    /// <inheritdoc/>
    public override int RetryAfterSeconds => 30;
}

/// <summary>The database file is damaged.</summary>
/// <remarks>Nothing is written to it any more, so that as much as possible can be recovered from it.</remarks>
/// <param name="damage">The damage.</param>
/// <param name="cause">The error of the database.</param>
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
