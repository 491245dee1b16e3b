using System.Data.Common;
using System.Runtime.CompilerServices;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Engine.Dialects;

namespace Registry.Infrastructure.Records.Writing;

/// <summary>
/// A cache of what writes look up: the counter, and the periods in which subjects exist. Most memberships refer to the same
/// few forums and states, whose records are long.
/// </summary>
/// <remarks>
/// On SQLite it belongs to the one connection that writes, across transactions. It is valid while no other process has written,
/// which the counter shows, and while the last command ended normally; after a failed commit the connection is not used again.
/// On SQL Server writers run concurrently, and each has its own.
/// </remarks>
internal sealed class WriterMemory
{
    private const int MostLives = 5000;

    private static readonly ConditionalWeakTable<DbConnection, WriterMemory> Writers = [];

    private readonly Dictionary<Subject, Period> _lives = [];
    private DbTransaction? _transaction;
    private Counter? _left;

    /// <summary>The cache of a connection.</summary>
    public static WriterMemory Of(SqlDialect dialect, DbConnection connection) =>
        dialect.IsEmbedded ? Writers.GetOrCreateValue(connection) : new WriterMemory();

    /// <summary>The counter for the next command: as the previous command of the transaction left it, otherwise as it is stored.</summary>
    public async Task<Counter> BeginAsync(DbTransaction transaction, Func<Task<Counter?>> read)
    {
        var left = _left;
        _left = null;
        if (left is not null && _transaction == transaction)
        {
            return left;
        }

        _transaction = transaction;
        var counter = (await read())!;
        if (counter != left)
        {
            ForgetLives();
        }

        return counter;
    }

    /// <summary>Records the end of a command.</summary>
    public void End(Counter counter) => _left = counter;

    /// <summary>The period in which a subject exists.</summary>
    public async Task<Period> LifeAsync(Subject subject, Func<Task<Period>> look)
    {
        if (!_lives.TryGetValue(subject, out var life))
        {
            life = await look();
            if (_lives.Count >= MostLives)
            {
                _lives.Clear();
            }

            _lives.Add(subject, life);
        }

        return life;
    }

    /// <summary>Clears the periods, which may have changed or been rolled back.</summary>
    public void ForgetLives() => _lives.Clear();
}

/// <summary>The number of changes, and the time of the last one.</summary>
internal sealed record Counter
{
    public long Sequence { get; init; }
    public DateTimeOffset Instant { get; init; }
}
