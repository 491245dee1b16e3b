using System.Data.Common;
using System.Diagnostics;

namespace Registry.Infrastructure.Engine.Connections;

/// <summary>The single connection of a flow of calls, from its first statement to its end.</summary>
/// <param name="writes">True for the connection of a write, next to which nothing is read.</param>
internal sealed class HeldConnection(bool writes)
{
    private int _statements;

    /// <summary>True when all statements read the snapshot of the first one.</summary>
    public bool OneState { get; set; }

    /// <summary>True for the connection of a write.</summary>
    public bool Writes => writes;

    /// <summary>The connection; null before the first statement.</summary>
    public DbConnection? Connection { get; set; }

    /// <summary>The slot of the connection pool.</summary>
    public IDisposable? Place { get; set; }

    /// <summary>True after an error: the connection is not reused.</summary>
    public bool IsBroken { get; set; }

    /// <summary>
    /// In builds for tests, refuses a second statement that may read another snapshot than the first.
    /// </summary>
    [Conditional("DEBUG")]
    public void Count()
    {
        if (++_statements > 1 && !OneState)
        {
            throw new InvalidOperationException(
                "Several statements need one snapshot: InOneStateAsync, or IsOneStatement of the request."
            );
        }
    }
}
