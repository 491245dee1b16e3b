using Microsoft.Extensions.Options;
using Registry.Api.Http.Problems;

namespace Registry.Api.Features.Changes;

/// <summary>The settings under <c>Changes</c>.</summary>
internal sealed class ChangeSettings
{
    public const string Section = "Changes";

    /// <summary>How many streams of changes this process serves at once.</summary>
    public int MaxStreams { get; set; } = 200;

    /// <summary>How often a stream without changes shows that it is alive, in seconds.</summary>
    public double HeartbeatSeconds { get; set; } = 15;

    /// <summary>The settings as they are given.</summary>
    /// <exception cref="OptionsValidationException">A setting is invalid.</exception>
    public static ChangeSettings Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection(Section).Get<ChangeSettings>() ?? new ChangeSettings();
        return settings is { MaxStreams: >= 0, HeartbeatSeconds: > 0 and < 86_400 }
            ? settings
            : throw new OptionsValidationException(
                Section,
                typeof(ChangeSettings),
                ["Changes:MaxStreams is a number from 0, Changes:HeartbeatSeconds more than 0 and less than a day."]
            );
    }
}

/// <summary>The streams that can be open at once; each costs a connection, a task and its buffers.</summary>
internal sealed class StreamSlots(IOptions<ChangeSettings> settings)
{
    private int _free = settings.Value.MaxStreams;

    /// <exception cref="TooManyStreamsException">None is free.</exception>
    public void Take()
    {
        if (Interlocked.Decrement(ref _free) < 0)
        {
            GiveBack();
            throw new TooManyStreamsException();
        }
    }

    public void GiveBack() => Interlocked.Increment(ref _free);
}
