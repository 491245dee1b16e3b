using System.Reflection;

namespace Registry.Api.Observability;

/// <summary>The version of the program.</summary>
internal static class ProgramVersion
{
    /// <summary>The version (Semantic Versioning 2.0.0), with the commit of the build when it is known.</summary>
    public static readonly string Text = typeof(ProgramVersion)
        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion;
}
