namespace Registry.Infrastructure.Idempotency;

internal static class KeptAnswerSql
{
    public const string Find = """
        SELECT Fingerprint, Status, Headers, Body
        FROM KeptAnswer
        WHERE KeyHash = @KeyHash AND KeptAt > @Oldest
        """;

    public const string Forget = "DELETE FROM KeptAnswer WHERE KeptAt <= @Oldest";

    public const string Keep = """
        INSERT INTO KeptAnswer (KeyHash, Fingerprint, Status, Headers, Body, KeptAt)
        VALUES (@KeyHash, @Fingerprint, @Status, @Headers, @Body, @KeptAt)
        """;
}
