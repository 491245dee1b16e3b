using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Registry.Domain;
using Registry.Infrastructure.Access;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Idempotency;

/// <summary>The key of a request that is carried out once, however often it is sent.</summary>
/// <param name="Hash">The hash of the key and its owner, in hexadecimal digits.</param>
/// <param name="Fingerprint">The hash of the content of the request, in hexadecimal digits.</param>
public sealed record RequestKey(string Hash, string Fingerprint);

/// <summary>A stored response, to be repeated.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers, by name.</param>
/// <param name="Body">The body, which is JSON.</param>
public sealed record KeptAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>
/// Stores the response to the current request, when it has a key, in the transaction of its writes. Either both are
/// stored or neither, even after a crash between the commit and the response.
/// </summary>
public sealed class KeptAnswers(RegistryDatabase database, SecretSafe safe, TimeProvider clock) : TransactionObserver
{
    /// <summary>The retention of a response.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private Expectation? _expected;

    /// <summary>The response that was stored with the writes of the request, or null when it wrote nothing.</summary>
    public KeptAnswer? Stored { get; private set; }

    private DateTimeOffset Oldest => clock.GetUtcNow() - Lifetime;

    /// <summary>Gets the response to the request when it was answered before.</summary>
    /// <exception cref="KeyReusedException">The key was used for another request.</exception>
    public Task<KeptAnswer?> FindAsync(RequestKey key, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => FindAsync(connection, null, key), cancellationToken);

    /// <summary>Sets the conversion of the result of the writes to the response.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    public void Expect<T>(RequestKey key, Func<T, Task<KeptAnswer>> answer) =>
        _expected = new Expectation(key, result => result is T given ? answer(given) : null);

    /// <summary>
    /// Stores the response to a request that wrote nothing, or gets the one that was stored meanwhile.
    /// </summary>
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

    /// <summary>Throws when the refusal rests on what another attempt of the request has written.</summary>
    /// <exception cref="AnsweredBeforeException">It was answered before.</exception>
    internal override async Task RefusedAsync(WriteSession session)
    {
        if (_expected is { } expected)
        {
            var held = await session.QueryAsync<Row>(KeptAnswerSql.Find, new { KeyHash = expected.Key.Hash, Oldest });
            if (held.Count > 0)
            {
                throw new AnsweredBeforeException();
            }
        }
    }

    /// <summary>Throws when another attempt of the request was first.</summary>
    /// <exception cref="AnsweredBeforeException">It was answered before.</exception>
    /// <exception cref="KeyReusedException">The key was used for another request.</exception>
    internal async Task StartedAsync(DbConnection connection, DbTransaction transaction)
    {
        if (_expected is { } expected && await FindAsync(connection, transaction, expected.Key) is not null)
        {
            throw new AnsweredBeforeException();
        }
    }

    /// <summary>Stores the response for the result.</summary>
    /// <exception cref="AnsweredBeforeException">Another attempt of the request was first.</exception>
    internal override async Task EndingAsync(WriteSession session, object? result)
    {
        if (_expected is { } expected && expected.Answer(result) is { } rendering)
        {
            Stored = await rendering;
            await session.DeferAsync(KeptAnswerSql.Forget, new { Oldest });
            await session.DeferAsync(
                KeptAnswerSql.Keep,
                RowOf(expected.Key, Stored),
                error =>
                    database.Dialect.IsDuplicateKey(error) ? throw new AnsweredBeforeException() : Task.CompletedTask
            );
        }
    }

    /// <summary>The same in a transaction that writes no records.</summary>
    /// <exception cref="AnsweredBeforeException">Another attempt of the request was first.</exception>
    internal async Task EndingAsync(DbConnection connection, DbTransaction transaction, object? result)
    {
        if (_expected is { } expected && expected.Answer(result) is { } rendering)
        {
            var answer = await rendering;
            await KeepAsync(connection, transaction, expected.Key, answer);
            Stored = answer;
        }
    }

    private async Task KeepAsync(DbConnection connection, DbTransaction transaction, RequestKey key, KeptAnswer answer)
    {
        await connection.ExecuteAsync(KeptAnswerSql.Forget, new { Oldest }, transaction);
        try
        {
            await connection.ExecuteAsync(KeptAnswerSql.Keep, RowOf(key, answer), transaction);
        }
        catch (DbException error) when (database.Dialect.IsDuplicateKey(error))
        {
            throw new AnsweredBeforeException();
        }
    }

    private object RowOf(RequestKey key, KeptAnswer answer) =>
        new
        {
            KeyHash = key.Hash,
            key.Fingerprint,
            answer.Status,
            Headers = JsonSerializer.Serialize(answer.Headers, RegistryJson.Options),
            // The response may show a secret once, so the copy is protected as well as the secret itself.
            Body = safe.Close(answer.Body),
            KeptAt = clock.GetUtcNow(),
        };

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
        try
        {
            return new KeptAnswer(row.Status, headers, safe.OpenText(row.Body));
        }
        catch (CryptographicException)
        {
            throw new RuleBrokenException(
                "response-unreadable",
                "The request was carried out before. Its response was encrypted with a key that is not configured any more."
            );
        }
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

/// <summary>
/// Another attempt of the same request was first: its response is stored, and this one writes nothing.
/// </summary>
public sealed class AnsweredBeforeException() : Exception("The request was answered before.");

/// <summary>The key was used for another request.</summary>
public sealed class KeyReusedException()
    : RegistryException("idempotency-key-reused", "The key in Idempotency-Key was used for another request.");
