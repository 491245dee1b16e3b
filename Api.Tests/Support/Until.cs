namespace Registry.Api.Tests.Support;

/// <summary>Waits for what comes by itself.</summary>
internal static class Until
{
    /// <summary>Waits until it holds, or gives up.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        var deadline = Environment.TickCount64 + (long)(patience ?? TimeSpan.FromSeconds(30)).TotalMilliseconds;
        while (!await condition())
        {
            if (Environment.TickCount64 > deadline)
            {
                Assert.Fail("It does not come to hold.");
            }

            await Task.Delay(20);
        }
    }
}
