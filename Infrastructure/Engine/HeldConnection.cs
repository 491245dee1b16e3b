using System.Data.Common;
using System.Diagnostics;

namespace Registry.Infrastructure.Engine;

/// <summary>The one connection that a flow of calls holds, from its first statement to its end.</summary>
/// <param name="writes">True for the connection of a write, which nothing is read beside.</param>
internal sealed class HeldConnection(bool writes)
{
    private int _statements;

    /// <summary>True where all statements see the registry as it stood at the first of them.</summary>
    public bool OneState { get; set; }

    /// <summary>True for the connection of a write.</summary>
    public bool Writes => writes;

    /// <summary>The connection; null before the first statement.</summary>
    public DbConnection? Connection { get; set; }

    /// <summary>Its place before the pool.</summary>
    public IDisposable? Place { get; set; }

    /// <summary>True when it saw an error, so that it is not used again.</summary>
    public bool IsBroken { get; set; }

    /// <summary>In builds for tests, refuses a second statement that may see another state than the first.</summary>
    [Conditional("DEBUG")]
    public void Count()
    {
        if (++_statements > 1 && !OneState)
        {
            throw new InvalidOperationException(
                "A read of several statements asks in one state: InOneStateAsync, or IsOneStatement of the request."
            );
        }
    }
}
