using System.Runtime.InteropServices;

namespace Galley.Tool;

/// <summary>Hears Ctrl-C and SIGTERM while a command runs, so that it can finish what it has begun and say how to go on.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;

    public Interruption() => _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Hear))];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void Hear(PosixSignalContext signal)
    {
        // A second one ends the process as always: whoever asks twice does not want to wait.
        signal.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
