using System.Data.Common;
using Dapper;
using Registry.Domain.Access;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Audit;

/// <summary>The origin of a write: the caller and the request.</summary>
public sealed record AuditOrigin
{
    /// <summary>The program itself.</summary>
    public static readonly AuditOrigin Program = new();

    /// <summary>The id of the key, or <c>token:</c> with the subject of the token; null for the program itself.</summary>
    public string? KeyId { get; init; }

    /// <summary>The role of the caller; null for the program itself.</summary>
    public Role? Role { get; init; }

    /// <summary>The id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The IP address of the caller, as the settings show it.</summary>
    public string? Address { get; init; }

    /// <summary>The method of the request.</summary>
    public string? Method { get; init; }

    /// <summary>The path of the request.</summary>
    public string? Path { get; init; }
}

/// <summary>
/// The audit log of the current request or work. An entry about a write is in the transaction of the write: both are stored
/// or neither.
/// </summary>
public sealed class AuditLog(Author author, TimeProvider clock) : TransactionObserver
{
    /// <summary>The maximum length of a stored path, in UTF-16 code units.</summary>
    private const int MaxPathLength = 500;

    private const int MaxIdLength = 100;

    /// <summary>The origin of the writes.</summary>
    public AuditOrigin Origin { get; set; } = AuditOrigin.Program;

    /// <summary>The actor, as the history shows it.</summary>
    public string Actor => author.Name;

    internal override Task WrittenAsync(WriteSession session) =>
        session.Sequence == session.SequenceBefore
            ? Task.CompletedTask
            : session.DeferAsync(
                AuditSql.Insert,
                (
                    NewRow(AuditAction.Written) with
                    {
                        FirstSequence = session.SequenceBefore + 1,
                        LastSequence = session.Sequence,
                    }
                ).ToParameters()
            );

    /// <summary>Adds an entry about something that is not in the change log, in its transaction.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">The transaction of the write.</param>
    /// <param name="action">The action.</param>
    /// <param name="subject">What was written: <c>keys/cica-secretariat</c>.</param>
    internal Task WriteAsync(DbConnection connection, DbTransaction transaction, AuditAction action, string subject) =>
        connection.ExecuteAsync(
            AuditSql.Insert,
            (NewRow(action) with { Subject = subject }).ToParameters(),
            transaction
        );

    /// <summary>Makes an entry about a refusal.</summary>
    /// <param name="action">The action.</param>
    /// <param name="status">The status of the response.</param>
    /// <param name="problem">The code of the problem type, or null when the response has none.</param>
    public AuditRow Refusal(AuditAction action, int status, string? problem) =>
        NewRow(action) with
        {
            Status = status,
            Problem = problem,
        };

    private AuditRow NewRow(AuditAction action)
    {
        var now = clock.GetUtcNow();
        var isKnown = action != AuditAction.AuthenticationFailed;
        return new AuditRow
        {
            Id = Guid.CreateVersion7(now).ToString(),
            At = now,
            Action = Words.Of(action),
            Actor = isKnown ? Cut(author.Name, MaxIdLength) : null,
            KeyId = isKnown ? Cut(Origin.KeyId, MaxIdLength) : null,
            Role = isKnown && Origin.Role is { } role ? Words.Of(role) : null,
            RequestId = Cut(Origin.RequestId, MaxIdLength),
            Address = Origin.Address,
            Method = Origin.Method,
            Path = Cut(Origin.Path, MaxPathLength),
            Occurrences = 1,
        };
    }

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;
}
