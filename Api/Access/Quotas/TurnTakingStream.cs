namespace Registry.Api.Access.Quotas;

/// <summary>
/// The body of the response to a costly request: gives up the turn of the request while the client receives, and after each part.
/// </summary>
internal sealed class TurnTakingStream(Stream inner, Turn turn, QuotaCharge? charge) : Stream
{
    private long _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        _written += buffer.Length;
        var writing = inner.WriteAsync(buffer, cancellationToken);
        if (writing.IsCompletedSuccessfully)
        {
            return;
        }

        turn.Dispose();
        await writing;
        await turn.TakeAsync(cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Ends a part, which is charged; another request has its turn before the next part.</summary>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        turn.Dispose();
        await inner.FlushAsync(cancellationToken);
        await turn.TakeAsync(cancellationToken);
        charge?.ChargeAfterwards(Costs.OfBody(_written));
        _written = 0;
    }

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
