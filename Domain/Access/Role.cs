namespace Registry.Domain.Access;

/// <summary>The role of a caller. Each role includes those before it.</summary>
public enum Role
{
    /// <summary>Reads, also when reads are closed to anonymous callers.</summary>
    Reader,

    /// <summary>Writes records, imports files and manages subscriptions.</summary>
    Editor,

    /// <summary>Manages keys and reads the audit log.</summary>
    Admin,
}
