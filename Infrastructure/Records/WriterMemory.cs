using System.Data.Common;
using System.Runtime.CompilerServices;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Engine;

namespace Registry.Infrastructure.Records;

/// <summary>
/// What is looked up for a write and serves the next: where the counter stands, and in which periods subjects exist. Most
/// memberships name the same few forums and states, whose records are long.
/// </summary>
/// <remarks>
/// On SQLite it goes with the one connection that writes, from one transaction to the next. It holds if no other process has
/// written meanwhile, which the counter shows, and if the last command came to its end; where a commit fails, that connection
/// is not used again. On SQL Server writers run beside each other, and each remembers for itself.
/// </remarks>
internal sealed class WriterMemory
{
    private const int MostLives = 5000;

    private static readonly ConditionalWeakTable<DbConnection, WriterMemory> Writers = [];

    private readonly Dictionary<Subject, Period> _lives = [];
    private DbTransaction? _transaction;
    private Counter? _left;

    /// <summary>What the connection remembers.</summary>
    public static WriterMemory Of(SqlDialect dialect, DbConnection connection) =>
        dialect.IsEmbedded ? Writers.GetOrCreateValue(connection) : new WriterMemory();

    /// <summary>The counter, for a command that begins: as its neighbour in the same transaction left it, or as it stands.</summary>
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

    /// <summary>Notes that a command has come to its end.</summary>
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

    /// <summary>Forgets what may have been changed or taken back.</summary>
    public void ForgetLives() => _lives.Clear();
}

/// <summary>How many changes were recorded, and when the last one was.</summary>
internal sealed record Counter
{
    public long Sequence { get; init; }
    public DateTimeOffset Instant { get; init; }
}
