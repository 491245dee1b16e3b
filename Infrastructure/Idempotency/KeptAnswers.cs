using System.Data.Common;
using System.Text.Json;
using Dapper;
using Registry.Domain;
using Registry.Infrastructure.Access;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Infrastructure.Idempotency;

/// <summary>Names a request that is carried out once, however often it is sent.</summary>
/// <param name="Hash">Of the key and of whose it is, in hexadecimal digits.</param>
/// <param name="Fingerprint">Of what is asked for, in hexadecimal digits.</param>
public sealed record RequestKey(string Hash, string Fingerprint);

/// <summary>An answer as it was given, to be given again.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers, by name.</param>
/// <param name="Body">The body, which is JSON.</param>
public sealed record KeptAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>
/// Keeps the answer to the request at hand, where that has a key, in the transaction of what it writes: either both are
/// there or neither, whatever breaks off between the commit and the answer.
/// </summary>
public sealed class KeptAnswers(RegistryDatabase database, SecretSafe safe, TimeProvider clock) : TransactionObserver
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private Expectation? _expected;

    /// <summary>The answer that was kept with what the request wrote; null where it wrote nothing.</summary>
    public KeptAnswer? Kept { get; private set; }

    private DateTimeOffset Oldest => clock.GetUtcNow() - Lifetime;

    /// <summary>The answer to the request, if it was given before.</summary>
    /// <exception cref="KeyReusedException">The key was used for another request.</exception>
    public Task<KeptAnswer?> FindAsync(RequestKey key, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => FindAsync(connection, null, key), cancellationToken);

    /// <summary>Says how the request at hand is going to be answered, once its writing has come to a result.</summary>
    /// <typeparam name="T">What the writing results in.</typeparam>
    public void Expect<T>(RequestKey key, Func<T, Task<KeptAnswer>> answer) =>
        _expected = new Expectation(key, result => result is T given ? answer(given) : null);

    /// <summary>Keeps an answer to a request that wrote nothing, or tells the one that was given meanwhile.</summary>
    /// <exception cref="KeyReusedException">The key was used for another request.</exception>
    public Task<KeptAnswer> KeepAsync(RequestKey key, KeptAnswer answer, CancellationToken cancellationToken) =>
        database.TransactAsync(
            async (connection, transaction) =>
            {
                if (await FindAsync(connection, transaction, key) is { } before)
                {
                    return before;
                }

                await KeepAsync(connection, transaction, key, answer);
                return answer;
            },
            cancellationToken
        );

    /// <summary>Breaks off where another sending of the request at hand was first.</summary>
    /// <exception cref="AnsweredBeforeException">It was answered.</exception>
    /// <exception cref="KeyReusedException">The key was used for another request.</exception>
    internal override async Task StartedAsync(DbConnection connection, DbTransaction transaction)
    {
        if (_expected is { } expected && await FindAsync(connection, transaction, expected.Key) is not null)
        {
            throw new AnsweredBeforeException();
        }
    }

    /// <summary>Keeps the answer that follows from the result.</summary>
    /// <exception cref="AnsweredBeforeException">Another sending of the request was first.</exception>
    internal override async Task EndingAsync(DbConnection connection, DbTransaction transaction, object? result)
    {
        if (_expected is { } expected && expected.Answer(result) is { } rendering)
        {
            var answer = await rendering;
            await KeepAsync(connection, transaction, expected.Key, answer);
            Kept = answer;
        }
    }

    private async Task KeepAsync(DbConnection connection, DbTransaction transaction, RequestKey key, KeptAnswer answer)
    {
        var now = clock.GetUtcNow();
        await connection.ExecuteAsync(KeptAnswerSql.Forget, new { Oldest }, transaction);
        try
        {
            await connection.ExecuteAsync(
                KeptAnswerSql.Keep,
                new
                {
                    KeyHash = key.Hash,
                    key.Fingerprint,
                    answer.Status,
                    Headers = JsonSerializer.Serialize(answer.Headers, RegistryJson.Options),
                    // It may show a secret once, and the copy of it here must not be easier to read than the secret itself.
                    Body = safe.Close(answer.Body),
                    KeptAt = now,
                },
                transaction
            );
        }
        catch (DbException error) when (database.Dialect.IsDuplicateKey(error))
        {
            throw new AnsweredBeforeException();
        }
    }

    private async Task<KeptAnswer?> FindAsync(DbConnection connection, DbTransaction? transaction, RequestKey key)
    {
        var parameters = new { KeyHash = key.Hash, Oldest };
        if (await connection.RowAsync<Row>(KeptAnswerSql.Find, parameters, transaction) is not { } row)
        {
            return null;
        }

        if (row.Fingerprint != key.Fingerprint)
        {
            throw new KeyReusedException();
        }

        var headers = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Headers, RegistryJson.Options)!;
        return new KeptAnswer(row.Status, headers, safe.OpenText(row.Body));
    }

    private sealed record Expectation(RequestKey Key, Func<object?, Task<KeptAnswer>?> Answer);

    private sealed record Row
    {
        public string Fingerprint { get; init; } = "";
        public int Status { get; init; }
        public string Headers { get; init; } = "";
        public string Body { get; init; } = "";
    }
}

/// <summary>Another sending of the same request was first: its answer is kept, and this one writes nothing.</summary>
public sealed class AnsweredBeforeException() : Exception("The request was answered before.");

/// <summary>The key was used for another request.</summary>
public sealed class KeyReusedException()
    : RegistryException("idempotency-key-reused", "The key in Idempotency-Key was sent with another request before.");
