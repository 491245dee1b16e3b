using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Subscriptions;

internal static class SubscriptionSql
{
    private const string Columns =
        "s.Id, s.Url, s.Collections, s.Forum, s.State, s.Operations, s.Verbs, s.SecretProtected, s.FormerSecret, "
        + "s.FormerSecretUntil, s.Position, s.Status, s.FailingSince, s.NextAttempt, s.Attempts, s.LastError, "
        + "s.CreatedBy, s.CreatedAt, s.ChangedAt, s.Version";

    // The emptied row of a deleted subscription is kept, so that its id and the ids of its messages are never reused.
    public const string Deleted = "deleted";

    public const string Count = $"SELECT COUNT(*) FROM Subscription WHERE Status <> '{Deleted}'";

    public const string Find = $"SELECT {Columns} FROM Subscription s WHERE s.Id = @Id";

    public const string Insert = """
        INSERT INTO Subscription (Id, Url, Collections, Forum, State, Operations, Verbs, SecretProtected, Position, Status,
            Attempts, Deliveries, CreatedBy, CreatedAt, ChangedAt, Version)
        VALUES (@Id, @Url, @Collections, @Forum, @State, @Operations, @Verbs, @SecretProtected, @Position, @Status,
            0, 0, @CreatedBy, @CreatedAt, @ChangedAt, 1)
        """;

    public const string Update = """
        UPDATE Subscription SET Url = @Url, Collections = @Collections, Forum = @Forum, State = @State,
            Operations = @Operations, Verbs = @Verbs, Status = @Status, FailingSince = @FailingSince,
            NextAttempt = @NextAttempt, Attempts = @Attempts, LastError = @LastError, ChangedAt = @ChangedAt,
            Version = Version + 1
        WHERE Id = @Id AND Version = @Version
        """;

    public const string RotateSecret = """
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
        new Dictionary<string, Sql>
        {
            ["Status"] = $"s.Status = @Status",
            ["ExcludedStatus"] = $"s.Status <> @ExcludedStatus",
        }
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

/// <summary>The filters of the list of subscriptions.</summary>
public sealed record SubscriptionFilters : ListFilters
{
    /// <summary>The status, or null for subscriptions with any status.</summary>
    public string? Status { get; init; }

    /// <summary>The status of the subscriptions that are left out.</summary>
    public string ExcludedStatus { get; } = SubscriptionSql.Deleted;
}

/// <summary>The filters of the list of deliveries.</summary>
public sealed record DeliveryFilters : ListFilters
{
    /// <summary>The id of the subscription.</summary>
    public required string Subscription { get; init; }

    /// <summary>The sequence number of the delivered change, or null for all deliveries.</summary>
    public long? Sequence { get; init; }
}

internal static class DeliverySql
{
    /// <summary>Selects the active subscriptions, each with the sequence number of the last change.</summary>
    public const string Active = """
        SELECT s.Id, s.Position, s.NextAttempt, s.LeaseOwner, s.LeaseUntil, c.Sequence AS Last
        FROM Subscription s CROSS JOIN ChangeCounter c
        WHERE s.Status = 'active' AND c.Id = 1
        """;

    public const string IsActive = "active";

    /// <summary>Counts the subscriptions of each status, with the first of their positions and the changes after them.</summary>
    public const string Backlogs = """
        SELECT s.Status, COUNT(*) AS Subscriptions, MIN(s.Position) AS Position, SUM(c.Sequence - s.Position) AS Waiting
        FROM Subscription s CROSS JOIN ChangeCounter c
        WHERE c.Id = 1 AND s.Status <> 'deleted'
        GROUP BY s.Status
        """;

    public const string InstantOf = "SELECT Instant FROM Change WHERE Sequence = @Sequence";

    // A single UPDATE takes the lease: when two processes try at the same time, the second one updates no row.
    public const string TakeLease = """
        UPDATE Subscription SET LeaseOwner = @Owner, LeaseUntil = @Until
        WHERE Id = @Id AND Status = 'active' AND (NextAttempt IS NULL OR NextAttempt <= @Now)
            AND (LeaseUntil IS NULL OR LeaseUntil <= @Now OR LeaseOwner = @Owner)
        """;

    public const string ReleaseLease =
        "UPDATE Subscription SET LeaseOwner = NULL, LeaseUntil = NULL WHERE Id = @Id AND LeaseOwner = @Owner";

    /// <summary>
    /// Selects the changes in a range of sequence numbers that match a filter. A list of words is one text with a space before
    /// and after each word. For a deleted outcome, FormerRecord is its last content.
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

    // Updates no row when the lease was lost meanwhile, or when the subscription was updated since it was read.
    public const string UpdateProgress = """
        UPDATE Subscription SET Position = @Position, Status = @Status, FailingSince = @FailingSince,
            NextAttempt = @NextAttempt, Attempts = @Attempts, LastError = @LastError, LeaseUntil = @LeaseUntil,
            Version = @NewVersion
        WHERE Id = @Id AND LeaseOwner = @Owner AND Version = @Version
        """;

    public const string Advance = """
        UPDATE Subscription SET Position = @Position, LeaseUntil = @LeaseUntil
        WHERE Id = @Id AND LeaseOwner = @Owner AND Version = @Version
        """;

    public const string IncrementDeliveries =
        "UPDATE Subscription SET Deliveries = Deliveries + 1 WHERE Id = @SubscriptionId";

    public const string InsertDelivery = """
        INSERT INTO Delivery (SubscriptionId, Number, MessageId, Sequence, Attempt, At, Status, Error, Duration)
        SELECT s.Id, s.Deliveries, @MessageId, @Sequence, @Attempt, @At, @Status, @Error, @Duration
        FROM Subscription s
        WHERE s.Id = @SubscriptionId
        """;

    public const string DeleteOldDeliveries = """
        DELETE FROM Delivery
        WHERE SubscriptionId = @SubscriptionId
            AND Number <= (SELECT s.Deliveries - @Kept FROM Subscription s WHERE s.Id = @SubscriptionId)
        """;
}
