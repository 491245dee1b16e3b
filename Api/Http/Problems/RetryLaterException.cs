using Registry.Domain;

namespace Registry.Api.Http.Problems;

/// <summary>A limit of the program or of the caller is reached; the same request succeeds later.</summary>
/// <param name="code">The code of the problem type.</param>
/// <param name="message">A sentence for the caller.</param>
/// <param name="wait">The time after which to try again.</param>
internal sealed class RetryLaterException(string code, string message, TimeSpan wait) : RegistryException(code, message)
{
    /// <summary>The number of seconds after which to try again, at least 1.</summary>
    public int RetryAfterSeconds => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
