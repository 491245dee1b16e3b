using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Subscriptions;

internal static class SubscriptionSql
{
    private const string Columns =
        "s.Id, s.Url, s.Collections, s.Forum, s.State, s.Operations, s.Verbs, s.SecretProtected, s.FormerSecret, "
        + "s.FormerSecretUntil, s.Position, s.Status, s.FailingSince, s.NextAttempt, s.Attempts, s.LastError, "
        + "s.CreatedBy, s.CreatedAt, s.ChangedAt, s.Version";

    // The row of a subscription that was deleted stays, empty, so that its id and those of its messages keep their meaning.
    public const string Deleted = "deleted";

    public const string Find = $"SELECT {Columns} FROM Subscription s WHERE s.Id = @Id";

    public const string Insert = """
        INSERT INTO Subscription (Id, Url, Collections, Forum, State, Operations, Verbs, SecretProtected, Position, Status,
            Attempts, Deliveries, CreatedBy, CreatedAt, ChangedAt, Version)
        VALUES (@Id, @Url, @Collections, @Forum, @State, @Operations, @Verbs, @SecretProtected, @Position, @Status,
            0, 0, @CreatedBy, @CreatedAt, @ChangedAt, 1)
        """;

    public const string Correct = """
        UPDATE Subscription SET Url = @Url, Collections = @Collections, Forum = @Forum, State = @State,
            Operations = @Operations, Verbs = @Verbs, Status = @Status, FailingSince = @FailingSince,
            NextAttempt = @NextAttempt, Attempts = @Attempts, LastError = @LastError, ChangedAt = @ChangedAt,
            Version = Version + 1
        WHERE Id = @Id AND Version = @Version
        """;

    public const string Rotate = """
        UPDATE Subscription SET FormerSecret = SecretProtected, FormerSecretUntil = @FormerSecretUntil,
            SecretProtected = @SecretProtected, ChangedAt = @ChangedAt, Version = Version + 1
        WHERE Id = @Id AND Version = @Version
        """;

    public const string Delete = """
        UPDATE Subscription SET Url = '', Collections = NULL, Forum = NULL, State = NULL, Operations = NULL, Verbs = NULL,
            SecretProtected = '', FormerSecret = NULL, FormerSecretUntil = NULL, Status = 'deleted', FailingSince = NULL,
            NextAttempt = NULL, LastError = NULL, ChangedAt = @ChangedAt, Version = Version + 1
        WHERE Id = @Id AND Version = @Version
        """;

    public const string DeleteDeliveries = "DELETE FROM Delivery WHERE SubscriptionId = @Id";

    public static readonly ListSql List = new(
        typeof(SubscriptionFilters),
        $"{Columns}",
        $"Subscription s",
        "s.Id",
        new Dictionary<string, Sql> { ["id"] = $"s.Id" },
        new Dictionary<string, Sql> { ["Status"] = $"s.Status = @Status", ["Kept"] = $"s.Status <> @Kept" }
    );

    public static readonly ListSql Deliveries = new(
        typeof(DeliveryFilters),
        $"d.MessageId, d.Sequence, d.Attempt, d.At, d.Status, d.Error, d.Duration",
        $"Delivery d",
        "d.Number",
        new Dictionary<string, Sql> { ["at"] = $"d.Number" },
        new Dictionary<string, Sql>
        {
            ["Subscription"] = $"d.SubscriptionId = @Subscription",
            ["Sequence"] = $"d.Sequence = @Sequence",
        }
    );
}

/// <summary>The conditions on subscriptions.</summary>
public sealed record SubscriptionFilters : ListFilters
{
    /// <summary>How they stand.</summary>
    public string? Status { get; init; }

    /// <summary>How those stand that are left out.</summary>
    public string Kept { get; } = SubscriptionSql.Deleted;
}

/// <summary>The conditions on deliveries.</summary>
public sealed record DeliveryFilters : ListFilters
{
    /// <summary>The id of the subscription.</summary>
    public required string Subscription { get; init; }

    /// <summary>The change that was told.</summary>
    public long? Sequence { get; init; }
}

internal static class DeliverySql
{
    /// <summary>Every subscription that is active, with the number of the last change.</summary>
    public const string Active = """
        SELECT s.Id, s.Position, s.NextAttempt, s.LeaseOwner, s.LeaseUntil, c.Sequence AS Last
        FROM Subscription s CROSS JOIN ChangeCounter c
        WHERE s.Status = 'active' AND c.Id = 1
        """;

    // One statement decides: of two processes that take at once, the second finds the row changed.
    public const string Take = """
        UPDATE Subscription SET LeaseOwner = @Owner, LeaseUntil = @Until
        WHERE Id = @Id AND Status = 'active' AND (NextAttempt IS NULL OR NextAttempt <= @Now)
            AND (LeaseUntil IS NULL OR LeaseUntil <= @Now OR LeaseOwner = @Owner)
        """;

    public const string Free =
        "UPDATE Subscription SET LeaseOwner = NULL, LeaseUntil = NULL WHERE Id = @Id AND LeaseOwner = @Owner";

    /// <summary>
    /// The changes up to a number that fit a filter. A list of words is one text with blanks around each of them; what a
    /// deleted record last was stands for it.
    /// </summary>
    public const string Changes = """
        SELECT c.Sequence, c.Instant, c.Actor, c.Collection, c.SubjectId, c.Version, c.Operation, c.Reason,
            c.Record,
            CASE WHEN c.Collection = 'outcomes' AND c.Record IS NULL THEN (
                SELECT f.Record FROM Change f
                WHERE f.Collection = c.Collection AND f.SubjectId = c.SubjectId AND f.Version = c.Version - 1)
            END AS FormerRecord
        FROM Change c
        WHERE c.Sequence > @After AND c.Sequence <= @Until
            AND (@Collections IS NULL OR @Collections LIKE CONCAT('% ', c.Collection, ' %'))
            AND (@Operations IS NULL OR @Operations LIKE CONCAT('% ', c.Operation, ' %'))
            AND (@Forum IS NULL OR EXISTS (
                SELECT 1 FROM ChangeSubject p
                WHERE p.Collection = 'forums' AND p.SubjectId = @Forum AND p.Sequence = c.Sequence))
            AND (@State IS NULL OR EXISTS (
                SELECT 1 FROM ChangeSubject p
                WHERE p.Collection = 'states' AND p.SubjectId = @State AND p.Sequence = c.Sequence))
        ORDER BY c.Sequence
        """;

    // Whoever lost the lease meanwhile, or delivers by what a correction has since replaced, does not count.
    public const string Move = """
        UPDATE Subscription SET Position = @Position, Status = @Status, FailingSince = @FailingSince,
            NextAttempt = @NextAttempt, Attempts = @Attempts, LastError = @LastError, LeaseUntil = @LeaseUntil,
            Version = @NewVersion
        WHERE Id = @Id AND LeaseOwner = @Owner AND Version = @Version
        """;

    public const string Skip = """
        UPDATE Subscription SET Position = @Position, LeaseUntil = @LeaseUntil
        WHERE Id = @Id AND LeaseOwner = @Owner AND Version = @Version
        """;

    public const string Count = "UPDATE Subscription SET Deliveries = Deliveries + 1 WHERE Id = @SubscriptionId";

    public const string Log = """
        INSERT INTO Delivery (SubscriptionId, Number, MessageId, Sequence, Attempt, At, Status, Error, Duration)
        SELECT s.Id, s.Deliveries, @MessageId, @Sequence, @Attempt, @At, @Status, @Error, @Duration
        FROM Subscription s
        WHERE s.Id = @SubscriptionId
        """;

    public const string Trim = """
        DELETE FROM Delivery
        WHERE SubscriptionId = @SubscriptionId
            AND Number <= (SELECT s.Deliveries - @Kept FROM Subscription s WHERE s.Id = @SubscriptionId)
        """;
}
