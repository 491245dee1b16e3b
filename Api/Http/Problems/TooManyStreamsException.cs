using Registry.Domain;

namespace Registry.Api.Http.Problems;

/// <summary>As many streams are open as the process serves at once.</summary>
internal sealed class TooManyStreamsException()
    : RegistryException("too-many-streams", "The limit of open streams is reached.");
