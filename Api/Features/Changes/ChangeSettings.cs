using Microsoft.Extensions.Options;
using Registry.Api.Http.Problems;

namespace Registry.Api.Features.Changes;

/// <summary>The settings under <c>Changes</c>.</summary>
internal sealed class ChangeSettings
{
    public const string Section = "Changes";

    /// <summary>The maximum number of concurrent streams of changes in this process.</summary>
    public int MaxStreams { get; set; } = 200;

    /// <summary>The heartbeat interval of a stream without changes, in seconds.</summary>
    public double HeartbeatSeconds { get; set; } = 15;

    /// <summary>Reads the settings.</summary>
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

/// <summary>The limit of concurrent streams; each one uses a connection, a task and buffers.</summary>
internal sealed class StreamSlots(IOptions<ChangeSettings> settings)
{
    private int _free = settings.Value.MaxStreams;

    /// <exception cref="TooManyStreamsException">The limit is reached.</exception>
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
