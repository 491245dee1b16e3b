using System.Text.Json;
using Registry.Domain.Access;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Audit;

/// <summary>The action that an entry of the audit log records.</summary>
public enum AuditAction
{
    /// <summary>Records, subscriptions or imports were written.</summary>
    Written,

    /// <summary>A write by a known caller was refused.</summary>
    WriteRefused,

    /// <summary>The caller was not authenticated: the key or token was missing, unknown, expired or revoked.</summary>
    AuthenticationFailed,

    /// <summary>The caller may not do this: the role or the scope does not include it.</summary>
    AccessDenied,

    KeyCreated,
    KeyUpdated,
    KeyRotated,
    KeyRevoked,
}

/// <summary>The row of an entry of the audit log.</summary>
public sealed record AuditRow : ListRow
{
    /// <summary>A UUID of version 7 (RFC 9562): entries are in order of time.</summary>
    internal string Id { get; init; } = "";
    internal DateTimeOffset At { get; init; }
    internal string Action { get; init; } = "";
    internal string? Actor { get; init; }
    internal string? KeyId { get; init; }
    internal string? Role { get; init; }
    internal string? RequestId { get; init; }
    internal string? Address { get; init; }
    internal string? Method { get; init; }
    internal string? Path { get; init; }
    internal int? Status { get; init; }
    internal string? Problem { get; init; }
    internal string? Subject { get; init; }
    internal long? FirstSequence { get; init; }
    internal long? LastSequence { get; init; }
    internal int Occurrences { get; init; }

    /// <summary>Serializes the entry as clients see it.</summary>
    public string ToJson() =>
        JsonSerializer.Serialize(
            new AuditEntryModel
            {
                Id = Id,
                At = At,
                Action = Words.Read<AuditAction>(Action),
                Actor = Actor,
                KeyId = KeyId,
                Role = Role is null ? null : Words.Read<Role>(Role),
                RequestId = RequestId,
                Address = Address,
                Method = Method,
                Path = Path,
                Status = Status,
                Problem = Problem,
                Subject = Subject,
                FirstSequence = FirstSequence,
                LastSequence = LastSequence,
                Occurrences = Occurrences,
            },
            RegistryJson.Options
        );

    // Dapper reads parameters only from public members.
    internal object ToParameters() =>
        new
        {
            Id,
            At,
            Action,
            Actor,
            KeyId,
            Role,
            RequestId,
            Address,
            Method,
            Path,
            Status,
            Problem,
            Subject,
            FirstSequence,
            LastSequence,
            Occurrences,
        };
}

/// <summary>An entry of the audit log.</summary>
public sealed record AuditEntryModel
{
    /// <summary>The id, a UUID of version 7 (RFC 9562): ids are in order of time.</summary>
    public required string Id { get; init; }

    /// <summary>The time, in UTC; of the last occurrence, when there are several.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The action.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>The actor, as in the history; absent when the caller is not known.</summary>
    public string? Actor { get; init; }

    /// <summary>The id of the key, or <c>token:</c> with the subject of the token (claim sub); absent when the caller is not known.</summary>
    public string? KeyId { get; init; }

    /// <summary>The role of the caller; absent when the caller is not known.</summary>
    public Role? Role { get; init; }

    /// <summary>The id of the request: the member traceId of its problem document. Absent for work of the program itself.</summary>
    public string? RequestId { get; init; }

    /// <summary>The IP address of the caller, masked or absent as the setting Audit:Addresses says.</summary>
    public string? Address { get; init; }

    /// <summary>The method of the request.</summary>
    public string? Method { get; init; }

    /// <summary>The path of the request, without its parameters, at most 500 characters.</summary>
    public string? Path { get; init; }

    /// <summary>The status of the response; absent for a write that was carried out.</summary>
    public int? Status { get; init; }

    /// <summary>The problem type of the response, such as forbidden.</summary>
    public string? Problem { get; init; }

    /// <summary>The path of what was written, when it is not in the change log: <c>keys/cica-secretariat</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>The sequence of the first change of records.</summary>
    public long? FirstSequence { get; init; }

    /// <summary>The sequence of the last change of records; all between the two are of this write.</summary>
    public long? LastSequence { get; init; }

    /// <summary>The number of requests: failed authentications of one address within a minute share an entry.</summary>
    public required int Occurrences { get; init; }
}

/// <summary>The conditions on entries of the audit log.</summary>
public sealed record AuditFilters : ListFilters
{
    /// <summary>The action.</summary>
    public string? Action { get; init; }

    /// <summary>The actor.</summary>
    public string? Actor { get; init; }

    /// <summary>The id of the key.</summary>
    public string? Key { get; init; }

    /// <summary>The id of the request.</summary>
    public string? Request { get; init; }

    /// <summary>The first instant.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The instant before which entries are.</summary>
    public DateTimeOffset? Before { get; init; }
}

internal static class AuditSql
{
    public const string Insert = """
        INSERT INTO AuditEntry (Id, At, Action, Actor, KeyId, Role, RequestId, Address, Method, Path, Status, Problem,
            Subject, FirstSequence, LastSequence, Occurrences)
        VALUES (@Id, @At, @Action, @Actor, @KeyId, @Role, @RequestId, @Address, @Method, @Path, @Status, @Problem,
            @Subject, @FirstSequence, @LastSequence, @Occurrences)
        """;

    // Ids are in order of time, so the primary key finds the entries that are too old.
    public const string Trim = "DELETE FROM AuditEntry WHERE Id < @Oldest";

    public static readonly ListSql List = new(
        typeof(AuditFilters),
        $"""
        e.Id, e.At, e.Action, e.Actor, e.KeyId, e.Role, e.RequestId, e.Address, e.Method, e.Path, e.Status, e.Problem,
            e.Subject, e.FirstSequence, e.LastSequence, e.Occurrences
        """,
        $"AuditEntry e",
        "e.Id",
        new Dictionary<string, Sql> { ["at"] = $"e.Id" },
        new Dictionary<string, Sql>
        {
            ["Action"] = $"e.Action = @Action",
            ["Actor"] = $"e.Actor = @Actor",
            ["Key"] = $"e.KeyId = @Key",
            ["Request"] = $"e.RequestId = @Request",
            ["Since"] = $"e.At >= @Since",
            ["Before"] = $"e.At < @Before",
        }
    );
}
